import { expect, it } from 'vitest';
import type { StrategyId } from '../../experiment/strategies.ts';
import { HeldNetworks } from './held.ts';

it('forgets the networks of a run that is gone, and of strategies that are', () => {
  const forgotten: StrategyId[] = [];
  const held = new HeldNetworks((id) => forgotten.push(id));
  const [plan, data] = [{}, {}];
  const first = held.of([1, plan, data]);
  for (const id of ['sil', 'model', 'fsdp'] as const) held.hold(id);
  expect(held.of([1, plan, data])).toBe(first);
  held.keep(['sil', 'model', 'data']);
  expect(forgotten).toEqual(['fsdp']);
  // The same plan in another run is another run, and so is an equal plan.
  expect(held.of([2, plan, data])).not.toBe(first);
  expect(forgotten).toEqual(['fsdp', 'sil', 'model']);
  const second = held.run;
  expect(held.of([2, {}, data])).not.toBe(second);
  expect(forgotten).toHaveLength(3);
});
