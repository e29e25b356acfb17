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

/** Parameters in this rank's shards, layer by layer. */
export async function readShards(context: RankContext): Promise<Float32Array<ArrayBuffer>[]> {
  const parts = [];
  for (const shard of context.shards.values()) parts.push(await shard.read());
  return parts;
}
