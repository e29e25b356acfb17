import { FIELDS } from '../../experiment/table.ts';
import { ChoiceInput } from '../controls/ChoiceInput.tsx';
import { useActions, useSession } from '../store/context.tsx';
import { settingsText as text } from '../text/settings.ts';
import styles from './panels.module.css';
import { ScaleField } from './ScaleField.tsx';

/** The label code: one for all cuts, or one per cut; and its scale. */
export function CodesField() {
  const { code, cuts } = useSession((state) => state.experiment);
  const { change } = useActions();
  const { choices, label, help } = FIELDS.code;
  const several = code.length > 1;
  return (
    <>
      {!several && (
        <ChoiceInput
          label={label}
          help={help}
          choices={choices}
          value={code[0]}
          onChange={(one) => change({ code: [one] })}
        />
      )}
      {several &&
        cuts.map((_, index) => (
          <ChoiceInput
            key={index}
            label={text.codeAt(index + 1)}
            choices={choices}
            value={code[index] ?? code[0]}
            onChange={(one) =>
              change({ code: cuts.map((_cut, other) => (other === index ? one : (code[other] ?? code[0]))) })
            }
          />
        ))}
      {cuts.length > 1 && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={several}
            onChange={({ target }) => change({ code: target.checked ? cuts.map(() => code[0]) : [code[0]] })}
          />
          {text.perCut}
        </label>
      )}
      <ScaleField />
    </>
  );
}
