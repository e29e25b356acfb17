/** A recording of a run that never was, for tests. */
import { SPAN_KINDS } from '../../devices/spans.ts';
import { MEMORY_KINDS } from '../../engines/ledger.ts';
import type { StrategyId } from '../../experiment/strategies.ts';
import type { RecordedStrategy, Recording } from './recording.ts';

interface MadeUp {
  /** Of each strategy, the start among them. */
  readonly points: number;
  readonly ids?: readonly StrategyId[];
  /** Test accuracy after a step. */
  readonly accuracy?: (step: number) => number;
  readonly stepsPerEpoch?: number;
  /** Points of recovery. */
  readonly recovery?: number;
}

/** A point a step. */
export function madeUpRecording({
  points,
  ids = ['conventional', 'sil'],
  accuracy = (step) => 1 - 0.9 * Math.exp((-12 * step) / points),
  stepsPerEpoch = 469,
  recovery = 0,
}: MadeUp): Recording {
  const each = <T>(of: (step: number) => T): T[] => Array.from({ length: points }, (_, step) => of(step));
  const strategy = (id: StrategyId): RecordedStrategy => ({
    id,
    recovery,
    columns: {
      step: each((step) => step),
      epochs: each((step) => step / stepsPerEpoch),
      samples: each((step) => 128 * step),
      seconds: each((step) => step / 100),
      flops: each((step) => 1e9 * step),
      bytes: each(() => 0),
      learningRate: each(() => 1e-3),
      testAccuracy: each(accuracy),
      trainAccuracy: each(() => null),
      testLoss: each((step) => 2.3 / (1 + step / 7)),
      trainLoss: each((step) => (step === 0 ? null : 2.2 / (1 + step / 7))),
      throughput: each((step) => (step === 0 ? null : 12_800)),
    },
    balancedAccuracy: each((step) => accuracy(step) / 2),
    classAccuracy: each((step) => [accuracy(step), null, 0]),
    lists: {
      rankLosses: each((step) => (step === 0 ? [] : [2.2 / (1 + step / 7)])),
      nearestLabel: each(() => [0.5]),
      deadUnits: each(() => []),
    },
    held: each(() => [[1_000_000, 2_000_000]]),
    levels: [[1, 1, [[...MEMORY_KINDS.map(() => 1500), 500]]]],
    devices: [
      {
        name: 'Made-up device',
        now: MEMORY_KINDS.map(() => 1000),
        peak: MEMORY_KINDS.map(() => 2000),
        looking: 500,
        sentTo: { training: { 0: { bytes: 12, messages: 1 } }, evaluation: {}, join: {} },
        spent: SPAN_KINDS.map(() => 7.25),
        spans: [
          [0, 0, 1.5],
          [1, 1.5, 4.25],
        ],
      },
    ],
  });
  return {
    version: 2,
    fragment: 'data=mnist&turn=1&v=1',
    data: 'Made-up data',
    machine: 'Made-up device',
    date: '2026-01-02T03:04Z',
    strategies: ids.map(strategy),
  };
}
