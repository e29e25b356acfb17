import { describe, expect, it } from 'vitest';
import { Random } from '../../network/random.ts';
import { Link, type LinkPort } from '../link.ts';
import { SpanRecorder } from '../spans.ts';
import { TrafficLedger, totalTraffic } from '../traffic.ts';
import { allGather, allReduce, chunkOf, reduceScatter, ringBytes } from './ring.ts';

/** Devices on a ring in this thread, without engines. */
function ringOf(size: number) {
  const ledgers = Array.from({ length: size }, () => new TrafficLedger());
  const links = Array.from({ length: size }, () => new Map<number, Link>());
  const controller = new AbortController();
  for (let rank = 0; rank < size && size > 1; rank++) {
    const peer = (rank + 1) % size;
    if (links[rank].has(peer)) continue;
    const { port1, port2 } = new MessageChannel();
    for (const [from, to, port] of [
      [rank, peer, port1],
      [peer, rank, port2],
    ] as const) {
      links[from].set(to, new Link(to, port as LinkPort, ledgers[from], new SpanRecorder()));
    }
  }
  const contexts = ledgers.map((_, rank) => ({
    rank,
    spans: new SpanRecorder(),
    link: (peer: number) => links[rank].get(peer)!.of(0, controller.signal),
  }));
  const ring = { ranks: contexts.map(({ rank }) => rank) };
  const close = () => links.forEach((own) => own.forEach((link) => link.close()));
  return { contexts, ring, ledgers, controller, close };
}

const SIZES = [1, 2, 3, 5, 6];
const CASES = SIZES.flatMap((size) => [0, 1, 4, 17, 1000].map((length) => [size, length] as const));

describe('a ring', () => {
  it.each(CASES)('of %i devices sums %i numbers, to the same bits everywhere', async (size, length) => {
    const { contexts, ring, ledgers, close } = ringOf(size);
    const random = Random.for(size, 'ring');
    const values = contexts.map(() => Float32Array.from({ length }, () => random.normal()));
    const sums = Float32Array.from({ length }, (_, i) => values.reduce((sum, one) => sum + one[i], 0));
    await Promise.all(contexts.map((context, rank) => allReduce(context, ring, values[rank], 'test')));
    // Up to six float32 terms of size 1: each sum is rounded by at most a few 6e-8.
    values[0].forEach((value, i) => expect(Math.abs(value - sums[i])).toBeLessThan(2e-6));
    for (const one of values) expect(one).toEqual(values[0]);
    ledgers.forEach((ledger, rank) => {
      const { reduceScatter: summed, allGather: copied } = ringBytes(length, size, rank);
      expect(totalTraffic([ledger.read()], 'training').bytes).toBe(size > 1 ? summed + copied : 0);
    });
    // Together 2 (N − 1) times the array, as the closed form has it.
    const total = totalTraffic(
      ledgers.map((ledger) => ledger.read()),
      'training',
    );
    expect(total.bytes).toBe(2 * (size - 1) * 4 * length);
    close();
  });

  it('leaves each device the sums of its own chunk, and spreads them again', async () => {
    const { contexts, ring, close } = ringOf(3);
    const values = contexts.map((_, rank) => Float32Array.from({ length: 7 }, (__, i) => 10 * rank + i));
    const own = await Promise.all(
      contexts.map((context, rank) => reduceScatter(context, ring, values[rank], 'test')),
    );
    expect(own.map((chunk) => [...chunk])).toEqual([
      [30, 33],
      [36, 39],
      [42, 45, 48],
    ]);
    const spread = contexts.map((_, rank) => {
      const all = new Float32Array(7);
      all.set(own[rank], chunkOf(7, 3, rank)[0]);
      return all;
    });
    await Promise.all(contexts.map((context, rank) => allGather(context, ring, spread[rank], 'again')));
    for (const all of spread) expect([...all]).toEqual([30, 33, 36, 39, 42, 45, 48]);
    close();
  });

  it('stops waiting when the run is stopped', async () => {
    const { contexts, ring, controller, close } = ringOf(2);
    const waiting = allReduce(contexts[0], ring, new Float32Array(4), 'test');
    controller.abort(new DOMException('The run was stopped.', 'AbortError'));
    await expect(waiting).rejects.toThrow('The run was stopped.');
    close();
  });
});
