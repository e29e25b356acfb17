import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMirror } from '../../../e2e/support/mirror.ts';
import { manifestOf, buildDataset, completeSet, digested } from '../build.ts';
import { CATALOGUE } from '../catalogue.ts';
import { DataError } from '../errors.ts';
import { listAvailability, loadDataset } from '../loader.ts';
import { writeManifest, writeSetList } from '../manifest.ts';
import { madeUpFiles, memoryCache } from '../testing.ts';

const ID = 'emnist-letters';
let server: Server;
let base: string;
/** What the host has, by path. Everything else answers with the page itself, as hosts of single-page apps do. */
let content: Map<string, Uint8Array | string>;
let inflate: boolean;

beforeEach(async () => {
  inflate = false;
  content = new Map();
  server = createServer((request, response) => {
    const found = content.get(request.url ?? '');
    if (inflate && request.url?.endsWith('.gz')) response.setHeader('Content-Encoding', 'gzip');
    response.end(found ?? '<!doctype html><title>Piecewise</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/path/index.html#seed=3`;

  const files = await madeUpFiles(ID, 60, 30);
  const named = await Promise.all(
    CATALOGUE[ID].files.map(
      async ({ role, name }) => [role, await digested(name, files.get(name)!)] as const,
    ),
  );
  const set = completeSet(ID, Object.fromEntries(named), 'dropped');
  const manifest = manifestOf(await buildDataset(ID, set, { source: 'files' }), set);
  content.set('/some/path/data/index.json', writeSetList([ID]));
  content.set(`/some/path/data/${ID}/index.json`, writeManifest(manifest));
  for (const [name, bytes] of files) content.set(`/some/path/data/${ID}/${name}`, bytes);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const load = () => loadDataset(ID, { base, cache: null, download: false });

describe('files beside the app', () => {
  it('are found below any path, with no network beyond it', async () => {
    const dataset = await load();
    expect(dataset.train.count).toBe(60);
    expect([...dataset.train.labels.subarray(0, 2)]).toEqual([0, 1]);
    expect(dataset.provenance).toMatchObject({ source: 'beside-app', verified: 'differs' });
  });

  it('may arrive unpacked: what is known of them comes from the note beside them', async () => {
    const { provenance } = await load();
    inflate = true;
    expect((await load()).provenance).toEqual(provenance);
  });

  it('are listed with their size; the others are elsewhere', async () => {
    const rows = await listAvailability({ base, cache: null });
    const row = rows.find(({ id }) => id === ID);
    const bytes = [...content].reduce(
      (sum, [path, body]) => (path.endsWith('.gz') ? sum + body.length : sum),
      0,
    );
    expect(row).toMatchObject({ where: 'beside-app', sample: true, verified: 'differs', bytes });
    expect(rows.find(({ id }) => id === 'mnist')?.where).toBe('nowhere');
    expect(rows.find(({ id }) => id === 'emnist-byclass')?.where).toBe('mirror');
  });

  it('are refused when they are not what the note says', async () => {
    const name = CATALOGUE[ID].files[2].name;
    const path = `/some/path/data/${ID}/${name}`;
    content.set(path, (content.get(path) as Uint8Array).subarray(0, 1000));
    const error = await load().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).message).toContain(name);
  });

  it('are not called what the note says when their bytes are others', async () => {
    const path = `/some/path/data/${ID}/index.json`;
    const note = JSON.parse(content.get(path) as string) as { verified: string; files: { sha256: string }[] };
    note.verified = 'official';
    content.set(path, JSON.stringify(note));
    expect((await load()).provenance.verified).toBe('official');
    note.files[0].sha256 = '0'.repeat(64);
    content.set(path, JSON.stringify(note));
    expect((await load()).provenance.verified).toBe('differs');
  });

  it('do not stand before a good copy elsewhere when they are spoilt', async () => {
    const good = new Map(
      CATALOGUE[ID].files.map(({ name }) => [
        name,
        content.get(`/some/path/data/${ID}/${name}`) as Uint8Array,
      ]),
    );
    const mirror = await startMirror({ files: good });
    const cache = memoryCache();
    try {
      const { name } = CATALOGUE[ID].files[2];
      content.set(`/some/path/data/${ID}/${name}`, good.get(name)!.subarray(0, 1000));
      const options = { base, cache, mirror: mirror.url };
      expect((await loadDataset(ID, { ...options, download: true })).provenance.source).toBe('mirror');
      expect((await loadDataset(ID, { ...options, download: false })).provenance.source).toBe('cache');
    } finally {
      await mirror.close();
    }
  });

  it('are simply not there when a host answers everything with its page', async () => {
    content.clear();
    const rows = await listAvailability({ base, cache: null });
    expect(rows.filter(({ where }) => where === 'beside-app')).toEqual([]);
    await expect(load()).rejects.toThrow('neither beside this app');
  });
});
