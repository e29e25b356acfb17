/** What the page knows of ways of training beyond their names: their order and their line. */
import type { StrategyId } from '../experiment/strategies.ts';

/** Lines differ by dash as well as by colour. */
const DASHES: Readonly<Record<StrategyId, string | undefined>> = {
  conventional: undefined,
  sil: '8 3',
  model: '2 3',
  pipeline: '10 3 2 3',
  data: '5 5',
  fsdp: '12 4',
};

const CUT_DASHES = ['8 3', '2 3', '10 3 2 3', '5 5', '12 4'];

/** `stroke-dasharray` of a line about a cut. */
export const dashOfCut = (cut: number): string => CUT_DASHES[cut % CUT_DASHES.length];

/** `stroke-dasharray` of a mode's line; '0' for a solid one. */
export const dashOf = (mode: StrategyId): string => DASHES[mode] ?? '0';
