import { Device, linkDevices } from '../devices/device.ts';
import type { Programs } from './programs.ts';
import type { RunContext } from './contract.ts';

export type RunDevice = Device<Programs>;

/**
 * Opens `count` devices, links these pairs of them and makes the run. Closes everything again if any of that fails, or
 * the run is not wanted any more.
 */
export async function openRun<R>(
  context: RunContext,
  count: number,
  pairs: readonly (readonly [number, number])[],
  make: (devices: readonly RunDevice[]) => Promise<R>,
): Promise<R> {
  const { signal } = context;
  const devices = await openDevices(context, count);
  const close = () => Promise.all(devices.map((device) => device.close()));
  const giveUp = () => void close();
  signal?.addEventListener('abort', giveUp);
  try {
    signal?.throwIfAborted();
    await linkPairs(devices, pairs);
    const run = await make(devices);
    signal?.throwIfAborted();
    return run;
  } catch (error) {
    await close();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

/** Opens `count` devices at once. If one cannot be opened, the others are closed and its error is thrown. */
export async function openDevices(
  context: Pick<RunContext, 'engines' | 'spawn' | 'threads' | 'check' | 'signal'>,
  count: number,
): Promise<RunDevice[]> {
  const { engines, spawn, check, signal } = context;
  const threads = context.threads?.(count) ?? 1;
  const used = Array.from({ length: count }, (_, rank) => engines[rank] ?? engines[0]);
  const attempts = await Promise.allSettled(
    used.map((engine, rank) =>
      Device.open<Programs>(rank, engine, spawn, {
        signal,
        threads,
        check: check && used.indexOf(engine) === rank,
      }),
    ),
  );
  const opened = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
  const failed = attempts.find((attempt) => attempt.status === 'rejected');
  if (failed) {
    await Promise.all(opened.map((device) => device.close()));
    throw failed.reason;
  }
  return opened;
}

/** Gives each of these pairs of ranks a channel. */
export async function linkPairs(
  devices: readonly RunDevice[],
  pairs: Iterable<readonly [number, number]>,
): Promise<void> {
  const seen = new Set<string>();
  for (const [a, b] of pairs) {
    const key = `${Math.min(a, b)}-${Math.max(a, b)}`;
    if (a === b || seen.has(key)) continue;
    seen.add(key);
    await linkDevices(devices[a] as unknown as Device, devices[b] as unknown as Device);
  }
}

/** Neighbours on a ring of `count` devices. */
export const ringPairs = (count: number): (readonly [number, number])[] =>
  Array.from({ length: count }, (_, rank) => [rank, (rank + 1) % count] as const);
