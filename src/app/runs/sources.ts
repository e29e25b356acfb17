import { STRATEGIES } from '../../experiment/strategies.ts';
import { middle } from '../../messages/middle.ts';
import { replay } from '../../session/recording/recording.ts';
import type { Source } from '../charts/series.ts';
import type { KeptRun } from './kept.ts';

/** Curves of the kept runs that are to be drawn over the run at hand. */
export function keptSources(runs: readonly KeptRun[]): Source[] {
  const shown = runs.filter((run) => run.shown);
  const names = toldApart(shown.map(({ name }) => name));
  return shown.flatMap(({ id, recording }, index) =>
    Object.values(replay(recording)).map((mode) => ({
      id: mode.id,
      label: `${STRATEGIES[mode.id].label} (${names[index]})`,
      owner: `${id}/${mode.id}`,
      shade: index + 1,
      points: mode.points,
    })),
  );
}

/** Characters of a run's name in legends and tables. */
const LONGEST = 28;

/** Names as legends and headings have room for them; those that are then the same are numbered. */
export function toldApart(names: readonly string[]): string[] {
  const short = names.map((name) => middle(name, LONGEST));
  return short.map((name, index) => {
    const same = short.filter((one) => one === name).length;
    const before = short.slice(0, index).filter((one) => one === name).length;
    return same > 1 ? `${name} ${before + 1}` : name;
  });
}
