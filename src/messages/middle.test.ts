import { expect, it } from 'vitest';
import { cutting, middle } from './middle.ts';

it('leaves out the middle of what is long, and no half of a character', () => {
  expect(middle('short.gz')).toBe('short.gz');
  expect(middle('a'.repeat(80))).toBe('a'.repeat(80));
  const cut = middle(`first-${'a'.repeat(220)}-last.gz`);
  expect(cut).toMatch(/^first-a+…a+-last\.gz$/);
  expect([...cut]).toHaveLength(80);
  expect(middle('😀'.repeat(100), 11)).toBe(`${'😀'.repeat(6)}…${'😀'.repeat(4)}`);
});

it('cuts what sentences are told, also within lists, and numbers stay', () => {
  const { found } = cutting({
    found: (name: string, others: readonly string[], count: number) => `${name}, ${others.join()}, ${count}`,
  });
  const long = 'b'.repeat(200);
  expect(found(long, [long, 'c'], 1e100)).toBe(`${middle(long)}, ${middle(long)},c, 1e+100`);
});
