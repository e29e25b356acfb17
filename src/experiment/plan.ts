/** From settings to layers: what an experiment means for a given data set. */
import { activationOf, withActivation } from '../network/layers/layers.ts';
import { codedUnits } from '../labels/carried/carried.ts';
import { CODES, type Boundary, type LabelCode } from '../labels/codes.ts';
import { labelTable } from '../labels/generate.ts';
import { labelLoss, type LabelLoss } from '../labels/loss.ts';
import type { LabelTable } from '../labels/table.ts';
import { answeringLayers, denoisingBlocks } from '../network/blocks.ts';
import { partition, type Partition } from '../network/partition.ts';
import { denseNetwork, widthAfter, type NetworkSpec } from '../network/spec.ts';
import type { DataShape } from './datasets.ts';
import type { Experiment } from './experiment.ts';
import { stepsPerEpoch } from './schedule.ts';
import { madeOfBlocks, STRATEGIES, type StrategyId } from './strategies.ts';

/** One cut, everything left to "automatic" resolved. */
export interface CutPlan {
  /** Which cut, from 0. */
  readonly index: number;
  /** The hidden layer it follows, counted from 1. */
  readonly after: number;
  /** Units there: the length of a label. */
  readonly width: number;
  /**
   * What the partition before it learns to answer with: its class's label vector, features of the image, or a label that
   * carries the image beside the class.
   */
  readonly targets: 'codes' | 'features' | 'carried';
  /** Units that hold the class's vector, from the first on: all of them, or none where features stand. */
  readonly coded: number;
  readonly code: LabelCode;
  readonly scale: number;
  /** Activation of the label-producing layer. */
  readonly boundary: Boundary;
  /** Factor on that layer's initial weights. */
  readonly initScale: number;
}

export interface Plan {
  readonly pixels: number;
  readonly classes: number;
  /** The network as conventional training sees it, and the factors on its initial weights by layer index. */
  readonly network: NetworkSpec;
  readonly initScales: ReadonlyMap<number, number>;
  /** The same network with the boundary's activation before each cut, as strategies that need labels train it. */
  readonly labelNetwork: NetworkSpec;
  readonly labelInitScales: ReadonlyMap<number, number>;
  readonly cuts: readonly CutPlan[];
  /** Runs of `network` between the cuts: the stages of strategies that exchange activations. */
  readonly stages: readonly Partition[];
  /** Devices of the strategies that share batches: data parallelism and FSDP. */
  readonly replicas: number;
  /** Runs of `labelNetwork` between the cuts. */
  readonly partitions: readonly Partition[];
  /** A small network for each partition, for strategies whose devices have one of their own (`network/blocks.ts`). */
  readonly blocks: readonly Partition[];
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  /** Steps of every partition but the first. */
  readonly labelSteps: number;
  /** Steps of the first partition that the second repeats before its own; 0 without a cut. */
  readonly copySteps: number;
  readonly recoverySteps: number;
}

/** Initial scale of label-producing layers, by boundary, where the experiment leaves it automatic. */
export const AUTOMATIC_LABEL_INIT_SCALE: Readonly<Record<Boundary, number>> = { linear: 0.1, relu: 0.3 };

/** What the experiment amounts to on this data. The experiment must be within its limits (`decode`, `normalise`). */
export function plan(
  experiment: Experiment,
  { pixels, classes, trainCount }: Pick<DataShape, 'pixels' | 'classes' | 'trainCount'>,
): Plan {
  const network = denseNetwork(pixels, experiment.layers, classes, experiment.activation);
  const cuts = cutsOf(experiment);
  const boundaries = new Map(cuts.map(({ after, boundary }) => [after - 1, boundary]));
  const labelNetwork = network.map((layer, index) =>
    withActivation(layer, boundaries.get(index) ?? activationOf(layer)),
  );
  const initScales = new Map([[network.length - 1, experiment.initScale]]);
  const perEpoch = stepsPerEpoch(trainCount, experiment.batch);
  const totalSteps = perEpoch * experiment.epochs;
  return {
    pixels,
    classes,
    network,
    initScales,
    labelNetwork,
    labelInitScales: new Map([
      ...initScales,
      ...cuts.map(({ after, initScale }) => [after - 1, initScale] as const),
    ]),
    cuts,
    stages: partition(network, experiment.cuts),
    replicas: experiment.devices || experiment.cuts.length + 1,
    partitions: partition(labelNetwork, experiment.cuts),
    blocks: denoisingBlocks({ pixels, classes }, experiment.layers, experiment.activation, experiment.cuts),
    stepsPerEpoch: perEpoch,
    totalSteps,
    labelSteps: experiment.labelSteps || totalSteps,
    copySteps: cuts.length > 0 ? Math.min(experiment.copy, totalSteps) : 0,
    recoverySteps: perEpoch * experiment.recovery,
  };
}

/**
 * What nobody learns and yet stands at the first cut, where a single layer makes it of the image: a control's front can be made
 * of it. Null where it is learnt, or where more layers come before the cut.
 */
export function madeFront({ cuts: [cut] }: Pick<Plan, 'cuts'>): 'features' | 'carried' | null {
  return cut?.after === 1 && cut.targets !== 'codes' ? cut.targets : null;
}

/**
 * The network that a strategy trains, and the factors on its initial weights by layer index. Of a strategy of blocks these
 * are the layers of all blocks, one after another.
 */
export function trainedBy(id: StrategyId, plan: Plan): Pick<Plan, 'network' | 'initScales'> {
  const { network, initScales, labelNetwork, labelInitScales, blocks } = plan;
  if (madeOfBlocks(id)) {
    const scale = initScales.get(network.length - 1)!;
    return {
      network: blocks.flatMap(({ layers }) => layers),
      initScales: new Map(answeringLayers(blocks).map((layer) => [layer, scale])),
    };
  }
  // A front made of what stands at the cut answers as the first partition does.
  const [first, label] = [network[0], labelNetwork[0]];
  if (STRATEGIES[id].control === 'cut' && madeFront(plan) && activationOf(first) !== activationOf(label))
    return { network: [label, ...network.slice(1)], initScales };
  return STRATEGIES[id].needsLabels
    ? { network: labelNetwork, initScales: labelInitScales }
    : { network, initScales };
}

function planCut(experiment: Experiment, after: number, index: number): CutPlan {
  const code = experiment.code[index] ?? experiment.code[0];
  const { boundary: natural, defaultScale } = CODES[code];
  // Layer normalisation has no activation to choose.
  const linear = experiment.layers[after - 1] === 'ln';
  const features = index === 0 && !linear && wantsFeatures(experiment);
  const chosen = experiment.boundary === 'auto' ? natural : experiment.boundary;
  const targets = features ? 'features' : experiment.carry > 0 ? 'carried' : 'codes';
  // Features are never negative; what is carried has both signs.
  const fitting = { codes: chosen, features: 'relu', carried: 'linear' } as const;
  const boundary = linear ? 'linear' : fitting[targets];
  const width = widthAfter(experiment.layers, after - 1);
  return {
    index,
    after,
    width,
    targets,
    coded: features ? 0 : codedUnits(width, experiment.carry),
    code,
    scale: experiment.scale[index] ?? experiment.scale[0] ?? defaultScale,
    boundary,
    initScale: experiment.labelInitScale || AUTOMATIC_LABEL_INIT_SCALE[boundary],
  };
}

function wantsFeatures({ targets, cuts }: Experiment): boolean {
  switch (targets) {
    case 'codes':
      return false;
    case 'features':
      return true;
    case 'auto':
      return cuts[0] === 1;
  }
}

/** What stands at each cut, everything left to "automatic" resolved. */
export const cutsOf = (experiment: Experiment): CutPlan[] =>
  experiment.cuts.map((after, index) => planCut(experiment, after, index));

/** The label vectors at each cut, as long as units hold them; null where none does. */
export function labelTables({ cuts, classes }: Plan, { seed, sparsity }: Experiment): (LabelTable | null)[] {
  return cuts.map(({ index, coded, code, scale }) =>
    coded === 0 ? null : labelTable({ classes, width: coded, code, scale, sparsity }, seed, index),
  );
}

/** What a partition minimises that answers with label vectors of this width. */
export const lossAt = ({ reduction, hybrid }: Experiment, width: number): LabelLoss =>
  labelLoss(reduction, hybrid, width);
