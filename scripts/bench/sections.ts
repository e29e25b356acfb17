/** Sections of docs/benchmarks.md that are measured apart and outlive each other's rewriting. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';

const FILE = 'docs/benchmarks.md';
const begin = (id: string) => `<!-- begin ${id} -->`;
const end = (id: string) => `<!-- end ${id} -->`;

/** The section with its marks; empty where there is none. */
export function section(text: string, id: string): string {
  const from = text.indexOf(begin(id));
  const to = text.indexOf(end(id));
  return from < 0 || to < 0 ? '' : text.slice(from, to + end(id).length);
}

/** `text` with the section in it: in the place of an older one, else at the end. */
export function withSection(text: string, id: string, content: string): string {
  const marked = `${begin(id)}\n\n${content.trim()}\n\n${end(id)}`;
  const old = section(text, id);
  return old ? text.replace(old, () => marked) : `${text.trimEnd()}\n\n${marked}\n`;
}

export async function writeSection(id: string, content: string): Promise<void> {
  const text = withSection(readFileSync(FILE, 'utf8'), id, content);
  writeFileSync(FILE, await format(text, { parser: 'markdown', printWidth: 120 }));
}

/** What a rewrite of the whole file must keep. */
export function keptSections(ids: readonly string[]): string {
  const text = readFileSync(FILE, 'utf8');
  return ids
    .map((id) => section(text, id))
    .filter(Boolean)
    .join('\n\n');
}
