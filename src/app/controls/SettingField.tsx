import type { Experiment, FieldName } from '../../experiment/experiment.ts';
import { fieldOf } from '../../experiment/table.ts';
import { useActions, useSession } from '../store/context.tsx';
import { ChoiceInput } from './ChoiceInput.tsx';
import { NumberInput } from './NumberInput.tsx';

/** The control of one field of the experiment, as the table of fields describes it. */
export function SettingField({ name }: { readonly name: FieldName }) {
  const value = useSession((state) => state.experiment[name]);
  const { change } = useActions();
  const field = fieldOf(name);
  const set = (next: unknown) => change({ [name]: next } as Partial<Experiment>);
  if (field.kind === 'number') return <NumberInput field={field} value={value as number} onChange={set} />;
  if (field.kind === 'choice') {
    return (
      <ChoiceInput
        label={field.label}
        help={field.help}
        choices={field.choices}
        value={value as string}
        onChange={set}
      />
    );
  }
  throw new Error(`The setting “${field.label}” is a list and needs a control of its own.`);
}
