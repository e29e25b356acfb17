import { STRATEGIES } from '../../experiment/strategies.ts';
import { replay } from '../../session/recording/recording.ts';
import type { Source } from '../charts/series.ts';
import type { KeptRun } from './kept.ts';

/** Curves of the kept runs that are to be drawn over the run at hand. */
export function keptSources(runs: readonly KeptRun[]): Source[] {
  return runs
    .filter(({ shown }) => shown)
    .flatMap(({ id, name, recording }, index) =>
      Object.values(replay(recording)).map((mode) => ({
        id: mode.id,
        label: `${STRATEGIES[mode.id].label} (${shortened(name)})`,
        owner: `${id}/${mode.id}`,
        shade: index + 1,
        points: mode.points,
      })),
    );
}

const LONGEST = 28;
const shortened = (name: string) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name);
