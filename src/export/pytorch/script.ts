/** An experiment as one Python file for `torch.distributed`. The Python itself is `template.py`. */
import { CATALOGUE } from '../../data/catalogue.ts';
import { balanceOf } from '../../experiment/balances.ts';
import type { DataShape } from '../../experiment/datasets.ts';
import { describe } from '../../experiment/describe.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { encode } from '../../experiment/link.ts';
import { plan as planOf, type Plan } from '../../experiment/plan.ts';
import { STRATEGIES, STRATEGY_IDS } from '../../experiment/strategies.ts';
import { CODES, type LabelCode } from '../../labels/codes.ts';
import { TEMPERATURE } from '../../labels/loss.ts';
import { CARRIED_PYTHON } from '../../labels/carried/python.ts';
import { FEATURES_PYTHON } from '../../labels/features/python.ts';
import { MIXES } from '../../labels/mixes.ts';
import type { Partition } from '../../network/partition.ts';
import { OPTIMIZERS, type OptimizerId } from '../../network/optimizers/registry.ts';
import { ACTIVATION_FUNCTIONS, ACTIVATIONS } from '../../network/activations.ts';
import { exportText as text } from '../words.ts';
import { layersConfig, layersPython } from './layers.ts';
import { pythonFunction } from './python.ts';

/** What an experiment was besides its settings. */
export interface Beside {
  /** As many training images of every class, by repeating and leaving out; `shape` counts them so. */
  readonly evenClasses?: boolean;
  /** Name of the file whose weights training began with: the script asks for it. */
  readonly weights?: string | undefined;
}

/** Strategies that the file offers. */
const EXPORTED = STRATEGY_IDS.filter((id) => STRATEGIES[id].inPytorch);

/** The function `activation(name)`: the module of each. */
function activationsPython(): string {
  const rows = ACTIVATIONS.map((id) => `        "${id}": lambda: ${ACTIVATION_FUNCTIONS[id].python},`);
  return ['def activation(name):', '    return {', ...rows, '    }[name]()'].join('\n');
}

/** The function `make_optimizer(parameters)`, after the class it makes one of where PyTorch has none. */
export function optimizerPython(id: OptimizerId): string {
  const { definition, expression } = OPTIMIZERS[id].python;
  const making = `def make_optimizer(parameters):\n    return ${expression}`;
  return definition ? `${definition}\n\n\n${making}` : making;
}

/** @param template The text of `template.py`; how it is read differs between a page and a terminal. */
export function pytorchScript(
  template: string,
  experiment: Experiment,
  shape: Pick<DataShape, 'pixels' | 'classes' | 'trainCount'>,
  { evenClasses = false, weights }: Beside = {},
): string {
  const plan = planOf(experiment, shape);
  const { files, transposed, firstLabel, characters } = CATALOGUE[experiment.data];
  const layersOf = layersConfig(plan.network);
  const partsOf = (parts: readonly Partition[], initScales: ReadonlyMap<number, number>) =>
    parts.map(({ rank, firstLayer, layers }) => ({
      rank,
      firstLayer,
      layers: layersOf(layers, firstLayer, initScales),
    }));
  const { seed, epochs, batch, learningRate, schedule, decay, noise, sparsity, labelSteps, reduction } =
    experiment;
  const link = `#${encode(experiment)}`;
  const config = {
    link,
    seed,
    epochs,
    batch,
    learningRate,
    schedule,
    decay,
    recovery: experiment.recovery,
    recoveryLearningRate: experiment.recoveryLearningRate,
    classes: plan.classes,
    trainCount: shape.trainCount,
    evenClasses,
    weights: weights ?? null,
    files: Object.fromEntries(files.map(({ role, name }) => [role, name])),
    transposed,
    firstLabel,
    characters,
    takesPixels: text.takesPixels,
    givesClasses: text.givesClasses,
    network: layersOf(plan.network, 0, plan.initScales),
    stages: partsOf(plan.stages, plan.initScales),
    partitions: partsOf(plan.partitions, plan.labelInitScales),
    cuts: plan.cuts.map(({ index, width, targets, coded, code, scale }) => {
      return { index, width, targets, coded, code, scale };
    }),
    noise,
    swap: experiment.swap,
    sparsity,
    labelSteps,
    copySteps: experiment.copy,
    reduction,
    hybrid: experiment.hybrid,
    sharpness: 1 / TEMPERATURE,
    microBatches: experiment.microBatches,
    pipeline: experiment.pipeline,
    head: { initialVariance: ACTIVATION_FUNCTIONS.linear.initialVariance, initScale: experiment.initScale },
    lag: experiment.lag,
    strategies: EXPORTED,
  };
  return template
    .replace('# @ACTIVATIONS@', activationsPython)
    .replace('# @LAYERS@', () => layersPython(plan.network))
    .replace('# @OPTIMIZER@', () => optimizerPython(experiment.optimizer))
    .replace('@DESCRIPTION@', () => describe(experiment, plan))
    .replace('@LINK@', () => link)
    .replace('@PARTS@', () =>
      plan.partitions
        .map(
          ({ rank }) =>
            `    python3 THIS_FILE --part ${rank + 1}${readsImages(plan, rank) ? ' --data DIR' : ''}`,
        )
        .join('\n'),
    )
    .replaceAll('@PARTITIONS@', String(plan.partitions.length))
    .replace('# @CODES@', () => codesInPython(new Set(plan.cuts.map(({ code }) => code))))
    .replace('# @BALANCE@', () => balancePython(experiment))
    .replace('# @FEATURES@', () => FEATURES_PYTHON.trim())
    .replace('# @CARRIED@', () => CARRIED_PYTHON.trim())
    .replace('# @MIX@', () => pythonFunction('synthetic_inputs', 'feed, step', MIXES[experiment.mix].python))
    .replace('@CONFIG@', () => JSON.stringify(config, null, 2));
}

/** The functions `epoch_order(labels, epoch)` and `class_weights(labels)`. */
function balancePython({ balance }: Experiment): string {
  const { order, weights } = balanceOf(balance).python;
  return [
    pythonFunction('epoch_order', 'labels, epoch', order),
    pythonFunction('class_weights', 'labels', weights),
  ].join('\n\n\n');
}

/** Whether a partition learns from images: the first, and those behind what is made of images or a copy of the first. */
const readsImages = ({ cuts, copySteps }: Plan, rank: number): boolean =>
  rank === 0 || (rank === 1 && copySteps > 0) || cuts[rank - 1].targets !== 'codes';

/** The codes that the cuts use, each a function, and the table that finds them. */
function codesInPython(codes: ReadonlySet<LabelCode>): string {
  const named = [...codes].map((code) => ({ code, name: `draw_${code.replaceAll('-', '_')}` }));
  const functions = named.map(({ code, name }) =>
    pythonFunction(name, 'classes, width, scale, stream, sparsity', CODES[code].python),
  );
  const table = named.map(({ code, name }) => `"${code}": ${name}`).join(', ');
  return `${functions.map((text) => `${text}\n\n\n`).join('')}LABEL_CODES = {${table}}`;
}
