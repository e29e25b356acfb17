/** What the run at hand would take on machines of their own. */
import type { SpanTotals } from '../../../devices/spans.ts';
import type { Experiment } from '../../../experiment/experiment.ts';
import type { Plan } from '../../../experiment/plan.ts';
import type { StrategyId } from '../../../experiment/strategies.ts';
import type { StrategyState, SessionState } from '../../../session/state.ts';
import type { Interconnect } from '../../../strategies/contract.ts';
import { strategyOf } from '../../../strategies/registry.ts';

export interface NamedLink extends Interconnect {
  readonly id: string;
}

/** Usual figures of each, one direction: makers' bandwidth, and latency as commonly measured between two machines. */
export const LINKS: readonly NamedLink[] = [
  { id: 'nvlink', bandwidth: 450e9, latency: 2e-6 },
  { id: 'pcie4', bandwidth: 32e9, latency: 5e-6 },
  { id: 'ethernet100', bandwidth: 12.5e9, latency: 10e-6 },
  { id: 'ethernet10', bandwidth: 1.25e9, latency: 30e-6 },
  { id: 'ethernet1', bandwidth: 125e6, latency: 100e-6 },
  { id: 'wifi', bandwidth: 30e6, latency: 3e-3 },
];

/** Milliseconds a device computed; sending and waiting are the link's business. */
export const computing = ({ forward, backward, update, train, gather }: SpanTotals): number =>
  forward + backward + update + train + gather;

export interface Estimate {
  readonly id: StrategyId;
  /** Seconds of an epoch: computing alone on the busiest device, measured; all in all, modelled. */
  readonly computing: number;
  readonly epoch: number;
  readonly accuracy: number | null;
}

/** Modelled seconds per epoch of every strategy that has run, fastest first. */
export function estimates(
  strategies: readonly StrategyState[],
  {
    experiment,
    plan,
    costEstimates,
  }: { experiment: Experiment; plan: Plan; costEstimates: SessionState['costEstimates'] },
  link: Interconnect,
): Estimate[] {
  const found = strategies.flatMap(({ id, step, devices, points }): Estimate[] => {
    const strategy = strategyOf(id);
    const costEstimate = costEstimates[id];
    if (!costEstimate || step === 0 || devices.length === 0) return [];
    const compute = devices.map(({ spent }) => computing(spent) / 1000 / step);
    const seconds = strategy.stepSeconds({ experiment, plan, costEstimate, compute, link });
    return [
      {
        id,
        computing: Math.max(...compute) * plan.stepsPerEpoch,
        epoch: seconds * plan.stepsPerEpoch,
        accuracy: points[points.length - 1]?.testAccuracy ?? null,
      },
    ];
  });
  return found.sort((a, b) => a.epoch - b.epoch);
}
