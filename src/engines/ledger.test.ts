import { expect, it } from 'vitest';
import { Ledger } from './ledger.ts';

it('counts what is held to look on apart from what training needs', () => {
  const ledger = new Ledger();
  const held = ledger.allocate('parameters', 100);
  const [first, second] = [ledger.allocate('looking', 40), ledger.allocate('looking', 30)];
  first();
  second();
  ledger.allocate('looking', 50)();
  expect(ledger.read()).toMatchObject({ total: 100, peak: 100, looking: 70 });
  ledger.resetPeak();
  held();
  expect(ledger.read()).toMatchObject({ total: 0, peak: 100, looking: 0 });
});
