import { allGather, chunkOf, reduceScatter, type Ring } from '../../devices/collectives/ring.ts';
import type { RankContext } from '../../devices/program.ts';
import { countParameters, type LayerSpec } from '../../network/layers/layers.ts';

/** Names of a layer's stage, which borrows its parameters, and of this rank's shard of them. */
export const layerName = (index: number): string => `layer ${index}`;

/** Parameters of one layer, whole for a while: they count as memory until they are let go. */
export interface Gathered {
  readonly values: Float32Array<ArrayBuffer>;
  free(): void;
}

/** All ranks' shards of a layer put together. Starts at once; await it where the layer is needed. */
export async function gatherLayer(
  context: RankContext,
  ring: Ring,
  layer: LayerSpec,
  index: number,
  pass: string,
): Promise<Gathered> {
  const length = countParameters([layer]);
  const [start] = chunkOf(length, ring.ranks.length, ring.ranks.indexOf(context.rank));
  const free = context.engine.hold(ring.phase === 'evaluation' ? 'looking' : 'workspace', 4 * length);
  try {
    const values = new Float32Array(length);
    values.set(await context.shards.get(layerName(index))!.read(), start);
    await allGather(context, ring, values, `${pass} ${index}`);
    return { values, free };
  } catch (error) {
    free();
    throw error;
  }
}

/** Sums a layer's gradients over all ranks; this rank's shard keeps its part. */
export async function scatterGradients(
  context: RankContext,
  ring: Ring,
  index: number,
  gradients: Float32Array<ArrayBuffer>,
): Promise<void> {
  const own = await reduceScatter(context, ring, gradients, `gradients ${index}`);
  await context.shards.get(layerName(index))!.writeGradients(own);
}
