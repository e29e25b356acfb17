import type { Choice } from '../../experiment/field.ts';
import { ChoiceInput } from '../controls/ChoiceInput.tsx';
import styles from './panels.module.css';

interface OneOrEachProps<Id extends string> {
  readonly label: string;
  readonly help: string;
  readonly choices: readonly Choice<Id>[];
  /** One for all places, or one for each. */
  readonly values: readonly Id[];
  readonly places: number;
  /** Names of a place, from 1, and of the choice between one and several. */
  readonly text: { readonly at: (place: number) => string; readonly each: string };
  readonly onChange: (values: readonly Id[]) => void;
}

/** A choice that is one for all, or one for each of several places. */
export function OneOrEach<Id extends string>({
  label,
  help,
  choices,
  values,
  places,
  text,
  onChange,
}: OneOrEachProps<Id>) {
  const several = values.length > 1;
  const each = Array.from({ length: places }, (_, place) => values[place] ?? values[0]);
  return (
    <>
      {!several && (
        <ChoiceInput
          label={label}
          help={help}
          choices={choices}
          value={values[0]}
          onChange={(one) => onChange([one])}
        />
      )}
      {several &&
        each.map((mine, place) => (
          <ChoiceInput
            key={place}
            label={text.at(place + 1)}
            choices={choices}
            value={mine}
            onChange={(one) => onChange(each.with(place, one))}
          />
        ))}
      {places > 1 && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={several}
            onChange={({ target }) => onChange(target.checked ? each : [values[0]])}
          />
          {text.each}
        </label>
      )}
    </>
  );
}
