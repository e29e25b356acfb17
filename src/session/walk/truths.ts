/** What must hold of a session at any moment, whatever was done to it. */
import { expect } from 'vitest';
import type { Experiment } from '../../experiment/experiment.ts';
import { decode } from '../../experiment/link.ts';
import { changedFields } from '../world.ts';
import { derive } from '../derive.ts';
import type { StrategyState, SessionState } from '../state.ts';
import { ENGINE_OF, SETS, type Ground } from './ground.ts';

const datasetOf = (digest: string) => Object.values(SETS).find((one) => one.digest === digest);

/** Checked after each step of a walk. */
export function checkNow({ session }: Ground): void {
  const state = session.store.getState();
  const { status, strategies, run, experiment, recording, dataset } = state;
  const counted = Object.values(strategies).some(({ step }) => step > 0);
  if (status === 'idle' || status === 'waiting') expect(counted, `${status} with steps`).toBe(false);
  if (recording) {
    expect(run).toBeNull();
    return;
  }
  if (counted) expect(run, 'steps without a run').not.toBeNull();
  expect(Object.keys(strategies)).toEqual([...experiment.strategies]);
  if (!run) return;
  const own = decode(run.fragment).experiment;
  // What the settings say beside a run, and the run does not: strategies ticked and the learning rate at most.
  for (const name of changedFields(own, experiment)) expect(['strategies', 'learningRate']).toContain(name);
  expect(run.data.id).toBe(own.data);
  expect(dataset!.digest).toBe(run.data.digest);
  const trained = datasetOf(run.data.digest)!;
  const planned = derive(own, trained);
  expect(state.plan).toEqual(planned.plan);
  expect(state.labels).toEqual(planned.labels);
  for (const strategy of Object.values(strategies)) checkDevices(strategy, own, planned.costEstimates);
}

function checkDevices(
  strategy: StrategyState,
  own: Experiment,
  costEstimates: SessionState['costEstimates'],
): void {
  strategy.devices.forEach(({ about, memory, lost }, rank) => {
    if (lost) return;
    const asked = own.engine[rank] ?? own.engine[0];
    expect(about.engine, `engine of ${strategy.id} ${rank}`).toBe(ENGINE_OF[asked]);
    // Shards are held in a list of their own, and a joined network lies beside the part it was made of.
    if (strategy.id === 'fsdp' || strategy.phase === 'recovery') return;
    const modelled = costEstimates[strategy.id]!.devices[rank].memory.parameters;
    expect(memory.byKind.parameters, `bytes of parameters of ${strategy.id} ${rank}`).toBe(modelled);
  });
}

/** What must repeat, to the bit: everything that is no time, of what was measured with all devices there. */
export const curve = ({ points }: Pick<StrategyState, 'points'>) =>
  points
    .filter(({ testLoss, rankLosses }) => [testLoss, ...rankLosses].every((value) => !Number.isNaN(value)))
    .map(({ step, phase, learningRate, testAccuracy, testLoss, rankLosses }) => ({
      step,
      phase,
      learningRate,
      testAccuracy,
      testLoss,
      rankLosses,
    }));
