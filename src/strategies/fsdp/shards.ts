import type { RankContext } from '../../devices/program.ts';
import type { OptimizerId } from '../../network/optimizers/registry.ts';
import { layerName } from './layer.ts';

export interface KeepShards {
  /** This rank's part of every layer's initial parameters. */
  readonly parts: readonly Float32Array[];
  readonly optimizer: OptimizerId;
  readonly decay: number;
}

/** Makes this rank's shards. */
export async function keepShards(
  context: RankContext,
  { parts, optimizer, decay }: KeepShards,
): Promise<void> {
  for (const [index, part] of parts.entries())
    context.shards.set(layerName(index), await context.engine.shard(part, optimizer, decay));
}
