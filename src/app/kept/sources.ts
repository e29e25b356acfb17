import { STRATEGIES } from '../../experiment/strategies.ts';
import { middle } from '../../messages/middle.ts';
import { replay } from '../../session/recording/recording.ts';
import type { Source } from '../charts/series.ts';
import { moment } from '../format.ts';
import type { KeptRun } from './kept.ts';

/** Curves of the kept runs that are to be drawn over the run at hand. */
export function keptSources(runs: readonly KeptRun[]): Source[] {
  const shown = runs.filter((run) => run.shown);
  const names = toldApart(shown.map(({ name, recording }) => ({ name, date: recording.date })));
  return shown.flatMap(({ id, recording }, index) =>
    Object.values(replay(recording)).map((strategy) => ({
      id: strategy.id,
      label: `${STRATEGIES[strategy.id].label} (${names[index]})`,
      owner: `${id}/${strategy.id}`,
      shade: index + 1,
      points: strategy.points,
    })),
  );
}

/** Characters of a run's name in legends and tables. */
const LONGEST = 28;

interface Called {
  readonly name: string;
  /** ISO date. */
  readonly date: string;
}

/** Names as legends and headings have room for them, no two the same: runs of one name are told apart by their dates. */
export function toldApart(runs: readonly Called[]): string[] {
  const dated = again(runs.map(({ name }) => middle(name, LONGEST))).map(({ name, repeated }, index) =>
    repeated ? `${name}, ${moment(runs[index].date)}` : name,
  );
  const taken = new Set(dated);
  return again(dated).map(({ name, repeated }) => {
    if (!repeated) return name;
    let number = 1;
    while (taken.has(`${name} ${number}`)) number++;
    taken.add(`${name} ${number}`);
    return `${name} ${number}`;
  });
}

const again = (names: readonly string[]) =>
  names.map((name) => ({ name, repeated: names.filter((one) => one === name).length > 1 }));
