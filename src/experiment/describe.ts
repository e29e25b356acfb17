import { OPTIMIZERS } from '../network/optimizers/registry.ts';
import { evens } from './balances.ts';
import { DATASETS } from './datasets.ts';
import { cutsOf } from './plan.ts';
import type { Experiment } from './experiment.ts';
import { STRATEGIES } from './strategies.ts';
import { FIELDS } from './table.ts';
import { experimentText as text } from './words.ts';

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
  const {
    data,
    layers,
    activation,
    cuts,
    strategies,
    code,
    optimizer,
    learningRate,
    decay,
    schedule,
    batch,
    epochs,
    seed,
    balance,
  } = experiment;
  const equal = layers.length > 1 && layers.every((width) => width === layers[0]);
  const hidden = equal
    ? `${layers[0]} × ${layers.length}`
    : layers.map((layer) => (layer === 'ln' ? text.normalisation : layer)).join(' → ');
  const network = `${shape.pixels} → ${hidden} → ${shape.classes} (${labelOf(FIELDS.activation, activation)})`;
  // Codes of cuts that have label vectors; all of them where no cut says which are used.
  const planned = cutsOf(experiment);
  const coded = planned.filter((cut) => cut.coded > 0);
  const used = cuts.length === coded.length ? code : coded.map((cut) => cut.code);
  const codes = text.and([...new Set(used)].map((id) => labelOf(FIELDS.code, id)));
  const features = planned.some(({ targets }) => targets === 'features');
  const carried = planned.some(({ targets }) => targets === 'carried') ? experiment.carry : 0;
  const where =
    cuts.length === 0
      ? text.uncut
      : text.cutAfter(cuts.length, text.and(cuts.map(String)), features, codes, 100 * carried);
  const trained = text.and(strategies.map((id) => STRATEGIES[id].label));
  const training =
    `${text.learningRate(OPTIMIZERS[optimizer].label, learningRate, schedule === 'cosine')}, ` +
    (OPTIMIZERS[optimizer].decays && decay > 0 ? `${text.decay(decay)}, ` : '') +
    text.schedule(batch, epochs, seed) +
    (evens(balance) ? `, ${text.balance(labelOf(FIELDS.balance, balance))}` : '');
  return `${DATASETS[data].label}, ${network}, ${where}; ${trained}; ${training}`;
}

function labelOf(field: { readonly choices: readonly { id: string; label: string }[] }, id: string): string {
  return field.choices.find((choice) => choice.id === id)?.label ?? id;
}
