import type { MemoryReading } from '../engines/ledger.ts';
import type { ModeState } from './state.ts';

/** High-water mark without the images, which every way of training needs. Bytes. */
export const trainingPeak = ({ peak, peakByKind }: MemoryReading): number => peak - peakByKind.data;

/** The same of a mode's fullest device; 0 before any was opened. */
export const fullestPeak = ({ devices }: Pick<ModeState, 'devices'>): number =>
  Math.max(0, ...devices.map(({ memory }) => trainingPeak(memory)));
