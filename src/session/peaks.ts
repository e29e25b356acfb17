import type { MemoryReading } from '../engines/ledger.ts';
import type { StrategyState } from './state.ts';

/** High-water mark without the images, which every strategy needs. Bytes. */
export const trainingPeak = ({ peak, peakByKind }: MemoryReading): number => peak - peakByKind.data;

/** The same of a strategy's fullest device; 0 before any was opened. */
export const fullestPeak = ({ devices }: Pick<StrategyState, 'devices'>): number =>
  Math.max(0, ...devices.map(({ memory }) => trainingPeak(memory)));
