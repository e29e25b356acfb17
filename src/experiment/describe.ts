import { DATASETS } from './datasets.ts';
import type { Experiment } from './experiment.ts';
import { STRATEGIES } from './strategies.ts';
import { FIELDS } from './table.ts';

/**
 * One line for a title, a legend or a terminal, e.g. `MNIST, 784 → 512 × 5 → 10 (ReLU), cut after layer 3, Gaussian
 * labels; Conventional and SIL; Adam 0.001, batch 128, 8 epochs, seed 1`.
 *
 * @param shape Sizes of the data at hand, where they differ from the data set's official ones.
 */
export function describe(
  experiment: Experiment,
  shape: { readonly pixels: number; readonly classes: number } = DATASETS[experiment.data].shape,
): string {
  const { data, layers, activation, cuts, modes, code, optimizer, rate, schedule, batch, epochs, seed } =
    experiment;
  const equal = layers.length > 1 && layers.every((width) => width === layers[0]);
  const hidden = equal ? `${layers[0]} × ${layers.length}` : layers.join(' → ');
  const network = `${shape.pixels} → ${hidden} → ${shape.classes} (${labelOf(FIELDS.activation, activation)})`;
  const codes = joined([...new Set(code)].map((id) => labelOf(FIELDS.code, id)));
  const where =
    cuts.length === 0
      ? 'uncut'
      : `cut after layer${cuts.length > 1 ? 's' : ''} ${joined(cuts.map(String))}, ${codes} labels`;
  const training =
    `${labelOf(FIELDS.optimizer, optimizer)} ${rate}${schedule === 'cosine' ? ' (cosine)' : ''}, ` +
    `batch ${batch}, ${epochs} epoch${epochs === 1 ? '' : 's'}, seed ${seed}`;
  return `${DATASETS[data].label}, ${network}, ${where}; ${joined(modes.map((id) => STRATEGIES[id].label))}; ${training}`;
}

function labelOf(field: { readonly choices: readonly { id: string; label: string }[] }, id: string): string {
  return field.choices.find((choice) => choice.id === id)?.label ?? id;
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
