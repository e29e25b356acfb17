import { expect, it } from 'vitest';
import { shareBetween } from './busy.ts';

it('is what was not idle, of the time between two readings', () => {
  expect(shareBetween({ idle: 1000, all: 2000 }, { idle: 1750, all: 3000 })).toBe(0.25);
});

it('is nothing where the clock has not moved, or idle time ran ahead of it', () => {
  expect(shareBetween({ idle: 5, all: 9 }, { idle: 5, all: 9 })).toBe(0);
  expect(shareBetween({ idle: 0, all: 0 }, { idle: 11, all: 10 })).toBe(0);
});
