import { expect, it } from 'vitest';
import { bytesAtCuts } from './crossing.ts';
import { TrafficLedger } from './traffic.ts';

/** Ledgers of three devices: each list says to whom a device sent how many bytes. */
const sent = (...lists: [to: number, bytes: number][][]) =>
  lists.map((list) => {
    const ledger = new TrafficLedger();
    for (const [to, bytes] of list) ledger.sent('training', to, bytes);
    return ledger.read();
  });

it('adds both directions at a cut', () => {
  const readings = sent([[1, 100]], [[0, 40], [2, 7]], [[1, 3]]); // prettier-ignore
  expect(bytesAtCuts(readings, 2, 'training')).toEqual([140, 10]);
  expect(bytesAtCuts(readings, 2, 'evaluation')).toEqual([0, 0]);
});

it('counts what passes several cuts at each of them', () => {
  expect(bytesAtCuts(sent([[2, 5]], [], [[0, 6]]), 2, 'training')).toEqual([11, 11]);
});

it('has a zero for every cut before anything is known', () => {
  expect(bytesAtCuts([], 3, 'training')).toEqual([0, 0, 0]);
});
