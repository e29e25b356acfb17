import { FIELDS } from '../../experiment/table.ts';
import { useActions, useSession } from '../store/context.tsx';
import { settingsText as text } from '../text/settings.ts';
import { OneOrEach } from './OneOrEach.tsx';
import { ScaleField } from './ScaleField.tsx';

/** The label code: one for all cuts, or one per cut; and its scale. */
export function CodesField() {
  const { code, cuts } = useSession((state) => state.experiment);
  const { change } = useActions();
  return (
    <>
      <OneOrEach
        {...FIELDS.code}
        values={code}
        places={cuts.length}
        text={{ at: text.codeAt, each: text.perCut }}
        onChange={(values) => change({ code: values })}
      />
      <ScaleField />
    </>
  );
}
