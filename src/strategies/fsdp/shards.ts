import type { RankContext } from '../../devices/program.ts';
import type { OptimizerKind } from '../../network/reference.ts';
import { layerName } from './layer.ts';

export interface KeepShards {
  /** This rank's part of every layer's initial parameters. */
  readonly parts: readonly Float32Array[];
  readonly optimizer: OptimizerKind;
}

/** Makes this rank's shards. */
export async function keepShards(context: RankContext, { parts, optimizer }: KeepShards): Promise<void> {
  for (const [index, part] of parts.entries())
    context.shards.set(layerName(index), await context.engine.shard(part, optimizer));
}
