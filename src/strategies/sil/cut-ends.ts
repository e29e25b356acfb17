import type { FixedLayers, LabelTable } from '../../engines/contract.ts';
import { labelTables, madeFront, type CutPlan } from '../../experiment/plan.ts';
import {
  carriedLayer,
  carriedParameters,
  carriedSize,
  overCarried,
  type CarriedSpec,
} from '../../labels/carried/carried.ts';
import { FEATURE_NOISE } from '../../labels/features/features.ts';
import { noiseSigma, rms, type LabelTable as Labels } from '../../labels/table.ts';
import type { RunContext } from '../contract.ts';
import { featuresOf } from './features.ts';
import { inSlices } from '../slices.ts';

/** What stands at a cut, the same on both of its sides. */
export interface CutEnd {
  /** Label vectors, or layers that make it of an image. */
  readonly what:
    | { readonly kind: 'labels'; readonly table: LabelTable }
    | { readonly kind: 'fixed'; readonly fixed: FixedLayers };
  /** Its root mean square. */
  readonly size: number;
  /** Deviation of the noise on it that the partition behind trains on. */
  readonly noise: number;
}

type Given = Pick<RunContext, 'plan' | 'experiment' | 'data'>;

/** Made from the seed and the training images; by cut. */
export async function cutEnds(given: Given): Promise<CutEnd[]> {
  const { plan, experiment } = given;
  const tables = labelTables(plan, experiment);
  const ends: CutEnd[] = [];
  // One after the other: each takes the thread for a while.
  for (const cut of plan.cuts) ends.push(await endAt(cut, tables[cut.index], given));
  return ends;
}

async function endAt(cut: CutPlan, table: Labels | null, given: Given): Promise<CutEnd> {
  const { width, coded, index: cutIndex } = cut;
  const { seed, noise } = given.experiment;
  const { pixels } = given.data;
  switch (cut.targets) {
    case 'codes': {
      const what = { kind: 'labels', table: table! } as const;
      return { what, size: rms(table!), noise: noiseSigma(table!, noise) };
    }
    case 'features': {
      const fixed = await featuresOf(given);
      return { what: { kind: 'fixed', fixed: fixed! }, size: 1, noise: FEATURE_NOISE };
    }
    case 'carried': {
      const size = carriedSize(table, cut.scale);
      const spec: CarriedSpec = { pixels, width, coded, size, seed, cutIndex };
      const parameters = await inSlices(carriedParameters(spec));
      const over = table ? { table: overCarried(table, width) } : {};
      const fixed = { layers: [carriedLayer(spec)], parameters, ...over };
      return { what: { kind: 'fixed', fixed }, size, noise: noise * size };
    }
  }
}

/** Parameters of the layer that makes what stands at the first cut without having learned it; null where none does. */
export async function firstCutMade(given: Given): Promise<Float32Array | null> {
  const { plan, experiment } = given;
  if (!madeFront(plan)) return null;
  const [cut] = plan.cuts;
  const { what } = await endAt(cut, labelTables(plan, experiment)[0], given);
  return what.kind === 'fixed' ? what.fixed.parameters : null;
}
