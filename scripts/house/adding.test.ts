/** A new choice of a kind is its folder and its line: the type checker names what is missing, and nothing else is. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ENDS_ASKED_IN, MADE_UP, MADE_UP_ENDS, type Line, type MadeUp } from './made-up.ts';
import { ROOT, Sources } from './sources.ts';

/** The files of the project with these lines put in, each of which must find its place. */
function withLines(lines: readonly Line[]): Map<string, string> {
  const changed = new Map<string, string>();
  for (const { file, after, put } of lines) {
    const text = changed.get(file) ?? readFileSync(resolve(ROOT, file), 'utf8');
    if (!text.includes(after))
      throw new Error(`${file} has no “${after}”: say here where a new line goes now.`);
    changed.set(file, after === '' ? put + text : text.replaceAll(after, () => after + put));
  }
  return changed;
}

const listedAs = ({ listed, beside = [] }: MadeUp, description: string): Line[] => [
  { ...listed, put: listed.put.replace('@', () => description) },
  ...beside,
];

describe('a made-up choice of each kind', () => {
  const sources = new Sources();
  afterAll(() => sources.close());
  const complaints = (lines: readonly Line[], files: readonly (readonly [string, string])[] = []) => {
    sources.lay(new Map([...withLines(lines), ...files]));
    // Tests may well ask what a new choice should do; what they ask is their own.
    return sources.check().filter(({ file }) => !file.endsWith('.test.ts'));
  };
  const filesIn = (found: readonly { readonly file: string }[]) =>
    [...new Set(found.map(({ file }) => file))].sort();

  it('is refused without a description', () => {
    const found = complaints(MADE_UP.flatMap((one) => listedAs(one, '{}')));
    for (const { kind, listed } of MADE_UP) expect(filesIn(found), kind).toContain(listed.file);
  });

  it('once described, is missed where the rest of it belongs, and nowhere else', () => {
    const found = complaints(
      MADE_UP.flatMap((one) => listedAs(one, one.described)),
      // What a description itself imports.
      MADE_UP.filter(({ lines }) => !lines).flatMap(({ files = {} }) => Object.entries(files)),
    );
    expect(filesIn(found)).toEqual([...new Set(MADE_UP.flatMap(({ names }) => names))].sort());
  });

  it('is whole with its folder and its line: nothing else is asked for', () => {
    const found = complaints(
      MADE_UP.flatMap((one) => [...listedAs(one, one.described), ...(one.lines ?? [])]),
      MADE_UP.flatMap(({ files = {} }) => Object.entries(files)),
    );
    expect(found).toEqual([]);
  });

  it('is missed in every engine, where it is a source or an objective of stages', () => {
    expect(filesIn(complaints(MADE_UP_ENDS))).toEqual(ENDS_ASKED_IN);
  });
});
