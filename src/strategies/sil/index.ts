import type { Objective, Source } from '../../engines/contract.ts';
import { fixedOf, imagesOf as readsImages, labelObjective, tableOf } from '../../engines/ends.ts';
import { evaluationBytes } from '../../experiment/cost/traffic.ts';
import { lossAt } from '../../experiment/plan.ts';
import { swapKey } from '../../labels/carried/carried.ts';
import { FEATURE_NOISE } from '../../labels/features/features.ts';
import { noiseKey } from '../../labels/generate.ts';
import type { Strategy } from '../contract.ts';
import { LOCAL_TIME, localCost } from '../local/cost.ts';
import { openLocalRun, type LocalPart } from '../local/run.ts';
import { conventionalCost } from '../conventional/cost.ts';
import { silCosts } from './cost.ts';
import { weighing } from '../balance.ts';
import { cutEnds } from './cut-ends.ts';
import { shapeOf } from '../shape.ts';
import { parted } from '../flat.ts';
import { startParameters } from '../start.ts';

/**
 * Partitioned training via synthetic intermediate labels (Karadağ & Topaloğlu, arXiv 2403.11204), for any number of
 * cuts: the first partition learns image → label vector of its class, each later one label vector → label vector at
 * the next cut, the last label vector → class. All start together and exchange nothing.
 *
 * At the first cut features can stand in the place of label vectors: the first partition learns image → features, and the
 * second makes the same ones from images of its own; or the second trains on what a copy of the first one answers, which
 * it makes by the first one's own first steps. Labels can carry the image beside the class, at every cut: then every
 * partition makes them from images of its own.
 */
export const sil: Strategy<'sil'> = {
  id: 'sil',
  devices: ({ partitions }) => partitions.length,

  costEstimate(experiment, plan, data) {
    const costEstimates = silCosts(plan, experiment, data).map((costEstimate, rank) => {
      const { firstLayer, layers } = plan.partitions[rank];
      return { ...costEstimate, layers: [firstLayer, firstLayer + layers.length] as const };
    });
    const widths = plan.cuts.map(({ width }) => width);
    return localCost(costEstimates, (images) => evaluationBytes(widths, images));
  },

  ...LOCAL_TIME,

  async open(context) {
    const { plan, experiment, data } = context;
    const shape = shapeOf(data);
    const costEstimates = silCosts(plan, experiment, shape);
    const all = await startParameters(context, plan.labelNetwork, plan.labelInitScales);
    const parameters = parted(all, plan.partitions);
    const ends = await cutEnds(context);
    const read = { pixels: data.pixels, scale: data.scale, shift: data.shift };
    /** What a partition trains on that begins behind a cut. */
    const sourceAt = (rank: number): Source => {
      const { seed, swap } = experiment;
      const { what, size, noise } = ends[rank - 1];
      const key = noiseKey(seed, rank);
      if (rank === 1 && plan.copySteps > 0) {
        const [{ layers }] = plan.partitions;
        const first = { layers, parameters: parameters[0] };
        return { kind: 'fixed', ...read, fixed: first, noise: FEATURE_NOISE * size, noiseKey: key };
      }
      if (what.kind === 'labels') return { ...what, noise, noiseKey: key };
      const swaps = swap > 0 && what.fixed.table ? { swap: { share: swap, key: swapKey(seed, rank) } } : {};
      return { ...what, ...read, noise, noiseKey: key, ...swaps };
    };
    /** What one learns that ends at a cut. */
    const objectiveAt = (rank: number): Objective => {
      const { what } = ends[rank];
      const loss = lossAt(experiment, plan.cuts[rank].width);
      return what.kind === 'labels' ? labelObjective(what.table, loss) : { ...what, scale: loss.scale };
    };
    const parts = plan.partitions.map(({ rank, layers }): LocalPart => {
      const source: Source = rank > 0 ? sourceAt(rank) : { kind: 'images', ...read };
      const objective: Objective =
        rank < plan.cuts.length ? objectiveAt(rank) : { kind: 'classes', classes: data.classes };
      return {
        layers,
        parameters: parameters[rank],
        source,
        objective,
        // Synthetic labels come in rounds of all classes, and what is made of images alone knows none: neither is weighed.
        ...(readsImages(source) && !(fixedOf(objective) && !tableOf(objective)) ? weighing(context) : {}),
        ...(rank === 1 ? { copySteps: plan.copySteps } : {}),
        // Who learns from images goes through all of them.
        budget: readsImages(source) ? Infinity : plan.labelSteps,
        flopsPerStep: costEstimates[rank].flopsPerStep,
      };
    });
    return openLocalRun(context, parts, {
      network: plan.labelNetwork,
      flopsPerStep: conventionalCost(plan, experiment, shape).flopsPerStep,
    });
  },
};
