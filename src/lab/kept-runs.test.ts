import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULTS } from '../experiment/table.ts';
import { idleStrategy } from '../session/idle-strategy.ts';
import { identityOf, keyOf } from '../session/study/identity.ts';
import type { RunResult } from '../session/study/run-once.ts';
import { tryFile, writeWhole } from './files.ts';
import { keptRuns } from './kept-runs.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piecewise-kept-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const identity = identityOf(DEFAULTS, { digest: 'ab' }, ['cpu']);
const sil = { ...idleStrategy('sil'), seconds: NaN, final: { accuracy: 0.5, count: 2 } };
const RUN: RunResult = { fragment: 'data=mnist', engine: 'Some', strategies: { sil } };
const silent = () => {};

describe('kept runs', () => {
  it('are found by settings, data and engine, whatever the defaults are later', () => {
    const others = [
      identityOf({ ...DEFAULTS, batch: DEFAULTS.batch + 1 }, { digest: 'ab' }, ['cpu']),
      identityOf({ ...DEFAULTS, threads: 2 }, { digest: 'ab' }, ['cpu']),
      identityOf(DEFAULTS, { digest: 'ac' }, ['cpu']),
      identityOf(DEFAULTS, { digest: 'ab' }, ['webgpu']),
      identityOf(DEFAULTS, { digest: 'ab' }, ['cpu'], 'weights of a file'),
      { ...identity, program: 'another' },
    ];
    expect(new Set([identity, ...others].map(keyOf)).size).toBe(1 + others.length);
    expect(identity.program).toMatch(/^\d+\.\d+\.\d+, links \d+$/);
    expect(identity.experiment).toMatchObject({ epochs: DEFAULTS.epochs });
    expect(identity.engines).toEqual([expect.stringMatching(/^cpu \d+$/)]);
  });

  it('come back as they were, and what is no run is named and made again', async () => {
    const out = join(folder, 'damaged');
    const said: string[] = [];
    const kept = await keptRuns(out, (line) => said.push(line));
    expect(await kept.make(identity, async () => RUN)).toEqual(RUN);
    expect(await kept.find(identity)).toEqual(RUN);
    const file = join(out, `${keyOf(identity)}.json`);
    const good = await readFile(file, 'utf8');
    const damaged = {
      '{}': /lacks what a run has/,
      [good.slice(0, 200)]: /not JSON/,
      [good.replace('"accuracy":0.5', '"accuracy":0.6')]: /digest/,
      [good.replace('"data":"ab"', '"data":"cd"')]: /other settings, data or engines/,
    };
    for (const [content, why] of Object.entries(damaged)) {
      await writeFile(file, content);
      expect(await kept.find(identity)).toBeNull();
      expect(said.at(-1)).toMatch(why);
      expect(said.at(-1)).toContain(file);
      expect(await kept.make(identity, async () => RUN)).toEqual(RUN);
      expect(await readFile(file, 'utf8')).toBe(good);
    }
  });

  it('are shared by two labs: one makes a run, the other waits for it', async () => {
    const out = join(folder, 'shared');
    const [one, two] = [await keptRuns(out, silent), await keptRuns(out, silent)];
    let end: (run: RunResult) => void = () => {};
    let made: Promise<RunResult | null> = Promise.resolve(null);
    await new Promise<void>((started) => {
      made = one.make(identity, () => {
        started();
        return new Promise((resolve) => (end = resolve));
      });
    });
    const never = async () => {
      throw new Error('Both labs make the same run.');
    };
    expect(await two.find(identity)).toBeNull();
    expect(await two.make(identity, never)).toBeNull();
    const settled = two.settled(identity, new AbortController().signal);
    end(RUN);
    await Promise.all([made, settled]);
    expect(await two.find(identity)).toEqual(RUN);
    expect(await readdir(out)).toEqual([`${keyOf(identity)}.json`]);
  });

  it('are taken over from a lab that is no more', async () => {
    const out = join(folder, 'gone');
    const kept = await keptRuns(out, silent);
    const { hostname } = await import('node:os');
    // No process has this number: it is beyond the largest.
    const owner = JSON.stringify({ pid: 2 ** 30, host: hostname() });
    await writeFile(join(out, `${keyOf(identity)}.working`), owner);
    await writeFile(join(out, `${keyOf(identity)}.json.1.draft`), 'half');
    expect(await kept.make(identity, async () => RUN)).toBeNull();
    await kept.settled(identity, new AbortController().signal);
    expect(await kept.make(identity, async () => RUN)).toEqual(RUN);
    expect(await readdir(out)).toEqual([`${keyOf(identity)}.json`]);
  });

  it('that find no room say which file, and what is kept', async () => {
    const out = join(folder, 'full');
    const full: typeof writeFile = async (path) => {
      await writeFile(path, 'half');
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    };
    const kept = await keptRuns(out, silent, full);
    await expect(kept.make(identity, async () => RUN)).rejects.toThrow(
      /full.*\.json could not be written: there is no room.*0 finished runs are kept in/,
    );
    expect(await readdir(out)).toEqual([]);
  });
});

describe('files of the lab', () => {
  it('are tried first, and refused in a sentence', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, 'mine');
    await mkdir(join(folder, 'a-folder'));
    await expect(tryFile(join(folder, 'nowhere/study.csv'))).rejects.toThrow(/there is no folder .*nowhere/);
    await expect(tryFile(join(folder, 'a-folder'))).rejects.toThrow(/it is a folder/);
    await expect(keptRuns(file, silent)).rejects.toThrow(/it is a file/);
    await expect(keptRuns(join(file, 'below'), silent)).rejects.toThrow(/it is a file/);
    const before = await readdir(folder);
    await tryFile(file);
    await tryFile(join(folder, 'new.csv'));
    expect(await readdir(folder)).toEqual(before);
    expect(await readFile(file, 'utf8')).toBe('mine');
    await writeWhole(file, 'new');
    expect(await readFile(file, 'utf8')).toBe('new');
  });
});
