/** Finished runs on disk, so that an interrupted study goes on where it stopped, and several labs share one. */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { version } from '../../package.json' with { type: 'json' };
import type { Dataset } from '../data/dataset.ts';
import type { EngineId } from '../engines/contract.ts';
import { ENGINE_FACTS } from '../experiment/engines.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { LINK_VERSION } from '../experiment/link.ts';
import { claim, released } from './claim.ts';
import { tryFolder, writeWhole, type Write } from './files.ts';
import { isFinished, type RunResult } from './run.ts';
import { labText as text } from './words.ts';

/** All that a run's numbers follow from: two runs of the same are the same. */
export interface RunIdentity {
  /** Every setting that results follow from, also those at their default: a default may change. */
  readonly experiment: Omit<Experiment, 'engine' | 'threads'>;
  /** The data set's content. */
  readonly data: string;
  /** What tells given weights from others; null where the seed's own were begun with. */
  readonly weights: string | null;
  /** Of each device or of all: the engine, and how often its results have changed. */
  readonly engines: readonly string[];
  readonly program: string;
}

export function identityOf(
  experiment: Experiment,
  { digest }: Pick<Dataset, 'digest'>,
  engines: readonly EngineId[],
  weights: string | null = null,
): RunIdentity {
  // Which engine 'auto' comes to is what counts.
  const { engine, threads: _, ...settings } = experiment;
  return {
    experiment: settings,
    data: digest,
    weights,
    engines: engine.map((_, place) => `${engines[place]} ${ENGINE_FACTS[engines[place]].revision}`),
    program: `${version}, links ${LINK_VERSION}`,
  };
}

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
export const keyOf = (identity: RunIdentity): string => sha256(canonical(identity)).slice(0, 16);

export interface KeptRuns {
  find(identity: RunIdentity): Promise<RunResult | null>;
  /**
   * Runs and keeps, unless another lab is at it.
   * @returns null where one is: `settled` waits for it.
   */
  make(identity: RunIdentity, run: () => Promise<RunResult>): Promise<RunResult | null>;
  /** Resolves when no other lab is at this run any more, whatever it left. */
  settled(identity: RunIdentity, signal: AbortSignal): Promise<void>;
}

const NOTHING_KEPT: KeptRuns = {
  find: async () => null,
  make: (_, run) => run(),
  settled: async () => {},
};

/**
 * @param folder Made where it is not there; null keeps nothing.
 * @param say Told of a file that is no finished run.
 * @throws Error with a sentence where nothing can be written there.
 */
export async function keptRuns(
  folder: string | null,
  say: (line: string) => void,
  write?: Write,
): Promise<KeptRuns> {
  if (folder === null) return NOTHING_KEPT;
  await tryFolder(folder);
  const place = (identity: RunIdentity) => join(folder, `${keyOf(identity)}.json`);
  const claimed = (identity: RunIdentity) => join(folder, `${keyOf(identity)}.working`);

  async function find(identity: RunIdentity): Promise<RunResult | null> {
    const path = place(identity);
    const content = await readFile(path, 'utf8').catch(() => null);
    if (content === null) return null;
    const read = readKept(content, identity);
    if (typeof read !== 'string') return read;
    say(text.noRun(path, read));
    return null;
  }

  /** Drafts of a lab that was killed: whoever holds the claim is the only one to write. */
  async function clearDrafts(identity: RunIdentity): Promise<void> {
    const drafts = (await readdir(folder!)).filter(
      (name) => name.startsWith(`${keyOf(identity)}.`) && name.endsWith('.draft'),
    );
    await Promise.all(drafts.map((name) => rm(join(folder!, name), { force: true })));
  }

  async function keep(identity: RunIdentity, run: RunResult): Promise<void> {
    const content = JSON.stringify(run, replace);
    const kept = `{"identity":${canonical(identity)},"digest":"${sha256(content)}",\n"run":${content}}\n`;
    try {
      await writeWhole(place(identity), kept, write);
    } catch (error) {
      const count = (await readdir(folder!)).filter((name) => name.endsWith('.json')).length;
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`${why} ${text.keptSoFar(count, folder!)}`, { cause: error });
    }
  }

  return {
    find,
    async make(identity, run) {
      const mine = await claim(claimed(identity));
      if (!mine) return null;
      try {
        // Another lab may have finished it between the look and the claim.
        const finished = await readKeptQuietly(place(identity), identity);
        if (finished) return finished;
        await clearDrafts(identity);
        const result = await run();
        await keep(identity, result);
        return result;
      } finally {
        await mine.release();
      }
    },
    settled: (identity, signal) => released(claimed(identity), signal),
  };
}

async function readKeptQuietly(path: string, identity: RunIdentity): Promise<RunResult | null> {
  const content = await readFile(path, 'utf8').catch(() => null);
  const read = content === null ? 'json' : readKept(content, identity);
  return typeof read === 'string' ? null : read;
}

/** The run in a kept file, or why it is none. */
function readKept(content: string, identity: RunIdentity): RunResult | 'json' | 'shape' | 'digest' | 'other' {
  let kept: { identity?: unknown; digest?: unknown; run?: unknown } | null;
  try {
    kept = JSON.parse(content) as typeof kept;
  } catch {
    return 'json';
  }
  if (typeof kept !== 'object' || kept === null || typeof kept.run !== 'object') return 'shape';
  if (sha256(JSON.stringify(kept.run)) !== kept.digest) return 'digest';
  if (canonical(kept.identity) !== canonical(identity)) return 'other';
  const run = JSON.parse(JSON.stringify(kept.run), revive) as RunResult;
  return isFinished(run) ? run : 'shape';
}

/** JSON with the keys of objects in alphabetical order: the same for the same content. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

/** JSON knows neither NaN, which is the loss of a partition's turn without steps, nor infinities. */
const replace = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;
const revive = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && 'number' in value ? Number(value.number) : value;
