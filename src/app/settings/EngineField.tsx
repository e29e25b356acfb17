import { FIELDS } from '../../experiment/table.ts';
import { useActions, useSession } from '../store/context.tsx';
import { settingsText as text } from '../text/settings.ts';
import { OneOrEach } from './OneOrEach.tsx';

/** What does the arithmetic: one engine for all devices, or one per partition. */
export function EngineField() {
  const { engine, cuts } = useSession((state) => state.experiment);
  const { change } = useActions();
  return (
    <OneOrEach
      {...FIELDS.engine}
      values={engine}
      places={cuts.length + 1}
      text={{ at: text.engineAt, each: text.enginePerPartition }}
      onChange={(values) => change({ engine: values })}
    />
  );
}
