import type { Choice } from '../../experiment/field.ts';
import { Field } from './Field.tsx';
import styles from './controls.module.css';

interface ChoiceInputProps<T extends string> {
  readonly label: string;
  readonly help?: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** One of a few, with a sentence about the one that is chosen. */
export function ChoiceInput<T extends string>({
  label,
  help,
  choices,
  value,
  onChange,
}: ChoiceInputProps<T>) {
  const chosen = choices.find(({ id }) => id === value);
  return (
    <Field label={label} help={help}>
      {(ids) => (
        <>
          <select {...ids} value={value} onChange={({ target }) => onChange(target.value as T)}>
            {choices.map(({ id, label: name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          {chosen?.description && <p className={styles.note}>{chosen.description}</p>}
        </>
      )}
    </Field>
  );
}
