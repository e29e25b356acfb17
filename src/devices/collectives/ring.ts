/**
 * Collective operations on a ring of devices: each talks to the next one only, and all work at once. Used by data
 * parallelism and FSDP. (Baidu's ring all-reduce; Patarasuk & Yuan 2009: the fewest bytes possible.)
 *
 * An array is divided into one chunk per device, as evenly as whole numbers allow. Every chunk is summed along the ring
 * in one order and then copied, so that all devices end with the same bits.
 */
import type { RankContext } from '../program.ts';
import type { SpanKind } from '../spans.ts';
import type { TrafficPhase } from '../traffic.ts';

export interface Ring {
  /** Ranks in the order of the ring; this device's is one of them. */
  readonly ranks: readonly number[];
  /** What the traffic counts as; `training` by default. */
  readonly phase?: TrafficPhase;
}

/** Where chunk `index` of `size` lies: `[start, end)`. */
export function chunkOf(length: number, size: number, index: number): readonly [start: number, end: number] {
  return [Math.floor((index * length) / size), Math.floor(((index + 1) * length) / size)];
}

type Context = Pick<RankContext, 'rank' | 'link' | 'spans'>;

/**
 * Sums `values` over all devices; this device ends with the sums of its own chunk (the one with its place's number).
 * `values` is worked on in place: its other chunks hold partial sums afterwards.
 *
 * @returns A view of the chunk.
 */
export async function reduceScatter(
  context: Context,
  ring: Ring,
  values: Float32Array<ArrayBuffer>,
  tag: string,
): Promise<Float32Array<ArrayBuffer>> {
  const { place, size } = placeIn(ring, context.rank);
  for (let step = 0; step < size - 1; step++) {
    await exchange(context, ring, values, tag, place - step - 1, place - step - 2, (into, arrived) => {
      for (let i = 0; i < arrived.length; i++) into[i] += arrived[i];
    });
  }
  return values.subarray(...chunkOf(values.length, size, place));
}

/** Spreads every device's own chunk of `values` to all devices, in place. */
export async function allGather(
  context: Context,
  ring: Ring,
  values: Float32Array<ArrayBuffer>,
  tag: string,
): Promise<void> {
  const { place, size } = placeIn(ring, context.rank);
  for (let step = 0; step < size - 1; step++) {
    await exchange(context, ring, values, tag, place - step, place - step - 1, (into, arrived) =>
      into.set(arrived),
    );
  }
}

/** Sums `values` over all devices; every one ends with all sums, to the same bits. In place. */
export async function allReduce(
  context: Context,
  ring: Ring,
  values: Float32Array<ArrayBuffer>,
  tag: string,
): Promise<void> {
  await reduceScatter(context, ring, values, `${tag} sum`);
  await allGather(context, ring, values, `${tag} copy`);
}

/** Bytes the device at `place` sends: all chunks but its own to sum, all but its successor's to copy. */
export function ringBytes(
  length: number,
  size: number,
  place: number,
): { readonly reduceScatter: number; readonly allGather: number } {
  const bytes = (index: number) => {
    const [start, end] = chunkOf(length, size, index % size);
    return 4 * (end - start);
  };
  return { reduceScatter: 4 * length - bytes(place), allGather: 4 * length - bytes(place + 1) };
}

function placeIn({ ranks }: Ring, rank: number): { place: number; size: number } {
  const place = ranks.indexOf(rank);
  if (place < 0) throw new Error(`Device ${rank + 1} has no place in this ring.`);
  return { place, size: ranks.length };
}

/** What is sent for an evaluation is part of it, and not of training's time. */
const kindOf = ({ phase }: Ring, kind: SpanKind): SpanKind => (phase === 'evaluation' ? 'evaluate' : kind);

/** Sends one chunk to the next device and takes one from the device before. Empty chunks are not sent. */
async function exchange(
  { rank, link, spans }: Context,
  ring: Ring,
  values: Float32Array<ArrayBuffer>,
  tag: string,
  sent: number,
  taken: number,
  take: (into: Float32Array, arrived: Float32Array) => void,
): Promise<void> {
  const { place, size } = placeIn(ring, rank);
  const chunk = (index: number) =>
    values.subarray(...chunkOf(values.length, size, (index + 2 * size) % size));
  const out = chunk(sent);
  if (out.length > 0) {
    const next = link(ring.ranks[(place + 1) % size]);
    spans.while(kindOf(ring, 'send'), () => next.send(ring.phase ?? 'training', tag, [out.slice()]));
  }
  const into = chunk(taken);
  if (into.length === 0) return;
  const [arrived] = await link(ring.ranks[(place + size - 1) % size]).receive(tag);
  spans.while(kindOf(ring, 'gather'), () => take(into, arrived as Float32Array));
}
