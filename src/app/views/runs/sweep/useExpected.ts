import { useMemo } from 'react';
import type { PlannedSweep } from '../../../../session/study/ask.ts';
import { flopsOfJobs, paceOf } from '../../../../session/study/estimate.ts';
import { placeOf, type Sweeper } from '../../../../session/study/sweep.ts';
import { secondsFor } from '../../../shell/speed.ts';
import { useMachineSpeed } from '../../../shell/useMachineSpeed.ts';
import { useSession } from '../../../store/context.tsx';
import { useMeasuredStrategies } from '../../../store/strategies.ts';
import { useSweeper } from '../../../sweep/sweeper.ts';

/**
 * Seconds that the runs of a sweep will take that are not there yet: as fast as its other runs were, or the run at hand, or
 * short trials of this machine; null where none of them says anything.
 */
export function useExpected(plan: PlannedSweep, { datasetOf }: Pick<Sweeper, 'datasetOf'>): number | null {
  const { found } = useSweeper().state;
  const here = useSession(({ dataset }) => dataset);
  const recorded = useSession((state) => state.recording !== null);
  const shown = useMeasuredStrategies();
  const flops = useMemo(() => (here ? flopsOfJobs(plan.jobs, datasetOf) : null), [plan, here, datasetOf]);
  const speed = useMachineSpeed();
  if (!flops) return null;
  const runOf = (job: PlannedSweep['jobs'][number]) => {
    const dataset = datasetOf(job.cell.experiment);
    return dataset ? found.get(placeOf(job, dataset)) : undefined;
  };
  const there = plan.jobs.flatMap((job) => Object.values(runOf(job)?.strategies ?? {}));
  const pace = paceOf(there) ?? (recorded ? null : paceOf(Object.values(shown)));
  const ahead = plan.jobs.reduce((sum, job, index) => sum + (runOf(job) ? 0 : flops[index]), 0);
  if (pace !== null) return ahead / pace;
  return typeof speed === 'number' ? secondsFor(ahead, speed) : null;
}
