/** Finished runs on disk, so that an interrupted study goes on where it stopped, and several labs share one. */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonical, keyOf, type RunIdentity } from '../session/study/identity.ts';
import { NOTHING_KEPT, type KeptRuns } from '../session/study/kept.ts';
import { isFinished, type RunResult } from '../session/study/run-once.ts';
import { claim, released } from './claim.ts';
import { tryFolder, writeWhole, type Write } from './files.ts';
import { labText as text } from './words.ts';

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');

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

/** JSON knows neither NaN, which is the loss of a partition's turn without steps, nor infinities. */
const replace = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;
const revive = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && 'number' in value ? Number(value.number) : value;
