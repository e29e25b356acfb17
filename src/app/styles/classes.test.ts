import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const PAGE = 'src/app';

it('every class that is used stands in its sheet', () => {
  const files = readdirSync(PAGE, { recursive: true, encoding: 'utf8' });
  const parts = files.filter((file) => file.endsWith('.tsx')).map((file) => path.join(PAGE, file));
  const missing = parts.flatMap((file) => {
    const code = readFileSync(file, 'utf8');
    return [...code.matchAll(/import (\w+) from '(.+\.module\.css)'/g)].flatMap(([, name, sheet]) => {
      const css = readFileSync(path.join(path.dirname(file), sheet), 'utf8');
      const defined = new Set([...css.matchAll(/\.([a-z]\w*)/gi)].map(([, one]) => one));
      // In an import the same name may stand before `.module.css`.
      const used = [...code.matchAll(new RegExp(`(?<![/\\w.])${name}\\.(?!module)(\\w+)`, 'g'))];
      return used.filter(([, one]) => !defined.has(one)).map(([, one]) => `${file}: ${one}`);
    });
  });
  expect(missing).toEqual([]);
});
