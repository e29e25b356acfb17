import { describe, expect, it } from 'vitest';
import { Ledger } from '../../engines/ledger.ts';
import { comparison } from './comparison.ts';

const NOTHING = { bytes: 0, messages: 0 };

/** A device that held these bytes at most, then let go of them, and sent some. */
function device(parameters: number, bytes: number) {
  const ledger = new Ledger();
  ledger.allocate('data', 1_000_000);
  ledger.allocate('parameters', parameters)();
  return {
    memory: ledger.read(),
    sent: { training: { bytes, messages: 1 }, evaluation: { bytes: 77, messages: 1 }, join: NOTHING },
  };
}
const whole = { final: { accuracy: 0.9, count: 100 }, devices: [device(400, 0)] };

describe('a strategy beside conventional training', () => {
  it('counts points, the fullest device without images, and what was sent to train', () => {
    const parts = { final: { accuracy: 0.88, count: 100 }, devices: [device(100, 30), device(200, 12)] };
    const found = comparison(parts, whole)!;
    expect(found.points).toBeCloseTo(-2);
    expect(found).toMatchObject({ memory: 0.5, sent: 42 });
  });

  it('is the difference of the two numbers on the screen', () => {
    const [parts, all] = [0.9656, 0.9752].map((accuracy) => ({
      ...whole,
      final: { accuracy, count: 10_000 },
    }));
    // 96.6% and 97.5%: 0.9 apart to whoever subtracts, though 0.96 was measured.
    expect(comparison(parts, all)!.points).toBeCloseTo(-0.9, 10);
  });

  it('is not there before both are measured, or where devices are unknown', () => {
    expect(comparison({ ...whole, final: null }, whole)).toBeNull();
    expect(comparison(whole, { ...whole, final: null })).toBeNull();
    expect(comparison({ ...whole, devices: [] }, whole)).toBeNull();
    expect(comparison(whole, { ...whole, devices: [] })).toBeNull();
  });
});
