import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Where a test would set a limit: options, the last argument of `it` and hooks, Playwright's and Vitest's calls. */
const LIMIT =
  /\btimeout:|^\s*\}, (?:\d|[A-Z_]{4,})\w*\);|^\s*\d+_000,$|\btest\.setTimeout\(|\.setDefault\w*Timeout\(|\bvi\.setConfig\(/;

/** The last argument on a line of its own, under a name. */
const NAMED_LIMIT = /\n\s*\},\n\s*[A-Za-z]\w*,\n\s*\);/;

it('knows a limit under a name, however it is written', () => {
  for (const name of ['LIMIT', 'patienceMs']) expect(`\n  },\n  ${name},\n);`).toMatch(NAMED_LIMIT);
});

it('no test has a limit of its own, which would depend on how fast the machine is', () => {
  const files = ['src', 'scripts', 'e2e'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((name) => /\.test\.tsx?$|^e2e.*\.ts$/.test(name) && name !== 'scripts/patience.test.ts'),
  );
  const found = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const lines = text
      .split('\n')
      .flatMap((line, index) => (LIMIT.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : []));
    return NAMED_LIMIT.test(text) ? [...lines, `${file}: a limit under a name`] : lines;
  });
  expect(found).toEqual([]);
});
