/** An experiment as one Python file for `torch.distributed`. The Python itself is `template.py`. */
import { CATALOGUE } from '../../data/catalogue.ts';
import type { DataShape } from '../../experiment/datasets.ts';
import { describe } from '../../experiment/describe.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { encode } from '../../experiment/link.ts';
import { plan as planOf } from '../../experiment/plan.ts';
import type { Partition } from '../../network/partition.ts';
import { LEAKY_SLOPE, type LayerSpec } from '../../network/spec.ts';

/** @param template The text of `template.py`; how it is read differs between a page and a terminal. */
export function pytorchScript(
  template: string,
  experiment: Experiment,
  shape: Pick<DataShape, 'pixels' | 'classes' | 'trainCount'>,
): string {
  const plan = planOf(experiment, shape);
  const { files, transposed, firstLabel } = CATALOGUE[experiment.data];
  const layersOf = (layers: readonly LayerSpec[], first: number, gains: ReadonlyMap<number, number>) =>
    layers.map((layer, index) => ({ ...layer, gain: gains.get(first + index) ?? 1 }));
  const partsOf = (parts: readonly Partition[], gains: ReadonlyMap<number, number>) =>
    parts.map(({ rank, firstLayer, layers }) => ({
      rank,
      firstLayer,
      layers: layersOf(layers, firstLayer, gains),
    }));
  const { seed, epochs, batch, rate, schedule, optimizer, noise, mix, sparsity, labelSteps, reduction } =
    experiment;
  const config = {
    seed,
    epochs,
    batch,
    rate,
    schedule,
    optimizer,
    classes: plan.classes,
    trainCount: shape.trainCount,
    files: Object.fromEntries(files.map(({ role, name }) => [role, name])),
    transposed,
    firstLabel,
    leakySlope: LEAKY_SLOPE,
    network: layersOf(plan.network, 0, plan.gains),
    stages: partsOf(plan.stages, plan.gains),
    partitions: partsOf(plan.partitions, plan.silGains),
    cuts: plan.cuts.map(({ index, width, code, scale }) => ({ index, width, code, scale })),
    noise,
    mix,
    sparsity,
    labelSteps,
    reduction,
    micro: experiment.micro,
    pipeline: experiment.pipeline,
  };
  return template
    .replace('@DESCRIPTION@', () => describe(experiment, plan))
    .replace('@LINK@', () => `#${encode(experiment)}`)
    .replaceAll('@PARTITIONS@', String(plan.partitions.length))
    .replace('@CONFIG@', () => JSON.stringify(config, null, 2));
}
