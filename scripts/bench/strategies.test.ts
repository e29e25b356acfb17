import { expect, it } from 'vitest';
import { inProcessSpawner } from '../../src/devices/in-process.ts';
import { ENGINES } from '../../src/engines/registry.ts';
import { STRATEGY_IDS } from '../../src/experiment/strategies.ts';
import { PROGRAMS } from '../../src/strategies/programs.ts';
import { measureStrategies } from './strategies.ts';

it('measures every strategy, as many steps as there is time for, and not only those of a run', async () => {
  const problem = { widths: [12, 8, 8, 8, 5], batch: 4 };
  const rows = await measureStrategies(
    'cpu',
    problem,
    2,
    { rounds: 2, seconds: 0.2, budget: 60 },
    {
      spawn: inProcessSpawner(PROGRAMS, async (id) => ENGINES[id]),
      cores: 1,
    },
  );
  expect(rows.map(({ strategy }) => strategy)).toEqual(STRATEGY_IDS);
  for (const { stepsPerSecond, peakBytesPerDevice } of rows) {
    for (const rate of stepsPerSecond) expect(rate).toBeGreaterThan(0);
    expect(peakBytesPerDevice).toBeGreaterThan(0);
  }
});
