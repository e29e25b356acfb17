import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureKernels } from './kernels.ts';

const BUILDS = ['plain', 'relaxed', 'plain-threads', 'relaxed-threads'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piecewise-kernels-'));
  await mkdir(join(folder, 'sources'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('kernels', () => {
  it('are compiled once, and again when their sources change', async () => {
    const [sources, output] = [join(folder, 'sources'), join(folder, 'not/yet/there')];
    await writeFile(join(sources, 'threaded.ts'), "export { answer } from './index';");
    const write = (code: string) => writeFile(join(sources, 'index.ts'), code);
    const ensure = async () => {
      const said: string[] = [];
      await ensureKernels((line) => said.push(line), { sources, output });
      return said;
    };
    const answer = async () => {
      const text = await readFile(join(output, 'plain.ts'), 'utf8');
      const bytes = Buffer.from(/base64 =\s*'(.*)'/.exec(text)![1], 'base64');
      const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
      const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
      return (instance.exports as { answer(): number }).answer();
    };

    await write('export function answer(): i32 { return 1; }');
    expect(await ensure()).toHaveLength(BUILDS.length);
    expect(await answer()).toBe(1);
    expect(await ensure()).toEqual([]);
    await write('export function answer(): i32 { return 2; }');
    expect(await ensure()).toHaveLength(BUILDS.length);
    expect(await answer()).toBe(2);
    expect((await readdir(output)).sort()).toEqual(BUILDS.map((name) => `${name}.ts`).sort());

    await write('export function answer(): i32 { return "two"; }');
    await expect(ensure()).rejects.toThrow(/do not compile[^]*string/i);
  });
});
