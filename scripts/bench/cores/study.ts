/** What running a study's runs side by side is worth: `npm run lab` as a person calls it, from start to end. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { spreadOf, type Spread } from '../rounds.ts';

/** Seconds of the same study, done in ways that leave the same report. */
export interface StudyTimes {
  readonly runs: number;
  /** One run after another, on one thread. */
  readonly alone: Spread;
  /** One run after another, on all cores. */
  readonly threaded: Spread;
  /** As many runs side by side as there are cores, on one thread each. */
  readonly sideBySide: Spread;
  readonly cores: number;
}

const LINK = 'data=mnist&strategies=conventional&layers=256x3&epochs=3&test=1000&engine=cpu';

/**
 * @param root Of this checkout.
 * @throws Error with the command's own sentence, where there is no data (`npm run data`).
 */
export function measureStudy(root: string, cores: number, quick: boolean): StudyTimes {
  const runs = 2 * cores;
  const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
  const time = (threads: number, jobs: number): number => {
    const link = `${LINK}&threads=${threads}${quick ? '&batch=1024' : ''}`;
    const args = [tsx, 'scripts/lab.ts', link, '--seeds', String(runs), '--jobs', String(jobs), '--json'];
    const began = performance.now();
    try {
      execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    } catch (error) {
      const { stderr } = error as { stderr?: Buffer };
      throw new Error(stderr?.toString().trim().split('\n').at(-1) ?? String(error));
    }
    return (performance.now() - began) / 1000;
  };
  const ways = { alone: [1, 1], threaded: [cores, 1], sideBySide: [1, cores] } as const;
  const times = { alone: [] as number[], threaded: [] as number[], sideBySide: [] as number[] };
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    for (const way of Object.keys(ways) as (keyof typeof ways)[])
      times[way].push(time(ways[way][0], ways[way][1]));
  }
  return {
    runs,
    cores,
    alone: spreadOf(times.alone),
    threaded: spreadOf(times.threaded),
    sideBySide: spreadOf(times.sideBySide),
  };
}
