import { expect, it } from 'vitest';
import { Ledger } from './ledger.ts';

it('knows the fullest moment of each stretch of time between two looks', () => {
  const ledger = new Ledger();
  const parameters = ledger.allocate('parameters', 100);
  ledger.allocate('workspace', 30)();
  ledger.allocate('looking', 40)();
  expect(ledger.takeFullest()).toMatchObject({ byKind: { parameters: 100, workspace: 30 }, looking: 40 });
  // Nothing came: it is what is held all along.
  expect(ledger.takeFullest()).toMatchObject({ byKind: { parameters: 100, workspace: 0 }, looking: 0 });
  ledger.allocate('workspace', 20);
  parameters();
  expect(ledger.takeFullest().byKind).toMatchObject({ parameters: 100, workspace: 20 });
  expect(ledger.takeFullest().byKind).toMatchObject({ parameters: 0, workspace: 20 });
  // The high-water mark of all time is another matter.
  expect(ledger.read().peak).toBe(130);
});

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
