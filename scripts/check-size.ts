/**
 * Keeps the first download small: everything `index.html` names, and what those scripts import statically, gzipped.
 * Charts, engines and TensorFlow.js arrive later and do not count.
 */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT = 200_000;
const root = 'dist';

const html = readFileSync(join(root, 'index.html'), 'utf8');
const files = new Set<string>();
const visit = (file: string): void => {
  if (files.has(file)) return;
  files.add(file);
  if (!file.endsWith('.js')) return;
  const code = readFileSync(join(root, file), 'utf8');
  // Static imports only: `import … from "./x.js"`, `import "./x.js"`, `export … from "./x.js"`.
  for (const [, target] of code.matchAll(
    /(?:^|[;}\n])\s*(?:import|export)(?:[\w*{}\s$,]+from)?\s*["'](\.[^"']+)["']/g,
  )) {
    visit(posix.join(posix.dirname(file), target));
  }
};
for (const [, file] of html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)) visit(file);

const sizes = [...files].map((file) => ({ file, bytes: gzipSync(readFileSync(join(root, file))).length }));
sizes.push({ file: 'index.html', bytes: gzipSync(html).length });
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
for (const { file, bytes } of sizes.sort((a, b) => b.bytes - a.bytes)) {
  console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${file}`);
}
console.log(
  `${(total / 1000).toFixed(1).padStart(8)} kB  first download, gzipped (limit ${LIMIT / 1000} kB)`,
);
if (total > LIMIT || files.size === 0) {
  console.error(files.size === 0 ? 'index.html names no script.' : 'The first download is too large.');
  process.exit(1);
}
