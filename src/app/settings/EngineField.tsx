import { FIELDS } from '../../experiment/table.ts';
import { ChoiceInput } from '../controls/ChoiceInput.tsx';
import { useActions, useSession } from '../store/context.tsx';
import { settingsText as text } from '../text/settings.ts';
import styles from './panels.module.css';

/** What does the arithmetic: one engine for all devices, or one per partition. */
export function EngineField() {
  const { engine, cuts } = useSession((state) => state.experiment);
  const { change } = useActions();
  const { choices, label, help } = FIELDS.engine;
  const several = engine.length > 1;
  const partitions = Array.from({ length: cuts.length + 1 }, (_, rank) => engine[rank] ?? engine[0]);
  return (
    <>
      {!several && (
        <ChoiceInput
          label={label}
          help={help}
          choices={choices}
          value={engine[0]}
          onChange={(one) => change({ engine: [one] })}
        />
      )}
      {several &&
        partitions.map((mine, rank) => (
          <ChoiceInput
            key={rank}
            label={text.engineAt(rank + 1)}
            choices={choices}
            value={mine}
            onChange={(one) =>
              change({ engine: partitions.map((its, other) => (other === rank ? one : its)) })
            }
          />
        ))}
      {cuts.length > 0 && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={several}
            onChange={({ target }) => change({ engine: target.checked ? partitions : [engine[0]] })}
          />
          {text.enginePerPartition}
        </label>
      )}
    </>
  );
}
