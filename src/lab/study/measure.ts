/** A row's runs as the numbers its table shows. */
import type { StrategyId } from '../../experiment/strategies.ts';
import { controlsOf } from '../../session/controls.ts';
import { milestones } from '../../session/milestones.ts';
import { fullestPeak } from '../../session/peaks.ts';
import type { StrategyState, Point } from '../../session/state.ts';
import { mean } from '../../network/sums.ts';
import type { RowResult } from './run-study.ts';

/** The share of conventional training's best that compute is compared at. */
const SHARE = 0.95;

export interface Measured {
  /** Final accuracy on all test images, per seed. */
  readonly conventional: readonly number[];
  readonly sil: readonly number[];
  /** Means, SIL less conventional. */
  readonly difference: number;
  readonly verdict: 'ties' | 'loses' | 'wins';
  /** Peak bytes of SIL's fullest device over conventional's, both without images. */
  readonly memory: number;
  /** FLOPs of all devices of SIL until 95% of conventional's best, over conventional's until then; null where a seed never came there. */
  readonly compute: number | null;
  /** Sent while training, by all devices of SIL. */
  readonly messages: number;
  /** Per seed, what its first part reaches alone; null where the first part gives no answer of its own. */
  readonly first: readonly number[] | null;
}

/**
 * Two accuracies on `count` images tie where they differ by less than two standard errors of a difference, as if the
 * images were drawn anew for each: a wide bound, since both are measured on the same ones.
 */
export function tieWithin(accuracy: number, count: number): number {
  return 2 * Math.sqrt((2 * accuracy * (1 - accuracy)) / count);
}

export function measureRow({ seeds }: RowResult): Measured {
  const both = seeds.map(({ conventional, sil }) => ({ conventional: conventional!, sil: sil! }));
  const accuracy = (of: 'conventional' | 'sil') => both.map((seed) => finalOf(seed[of]).accuracy);
  const conventional = accuracy('conventional');
  const sil = accuracy('sil');
  const difference = mean(sil) - mean(conventional);
  const within = tieWithin(mean(conventional), finalOf(both[0].conventional).count);
  const ratios = both.map((seed) => {
    const mark = milestones([seed.conventional, seed.sil]).find(({ share }) => share === SHARE);
    const flops = (id: StrategyId) => mark?.reached.find((one) => one.id === id)?.point?.flops ?? null;
    const [own, rival] = [flops('sil'), flops('conventional')];
    return own === null || rival === null ? null : own / rival;
  });
  const reached = ratios.filter((ratio) => ratio !== null);
  const first = both.map((seed) => controlsOf({ sil: seed.sil })?.alone.first ?? null);
  const sent = both[0].sil.devices.map((device) => device.sent.training);
  return {
    conventional,
    sil,
    difference,
    verdict: Math.abs(difference) <= within ? 'ties' : difference < 0 ? 'loses' : 'wins',
    memory: fullestPeak(both[0].sil) / fullestPeak(both[0].conventional),
    compute: reached.length === ratios.length ? mean(reached) : null,
    messages: sent.reduce((sum, one) => sum + one.messages, 0),
    first: first.every((one) => one !== null) ? first : null,
  };
}

/** Final accuracies per seed of another strategy of the row; null where it has not run there. */
export function accuraciesOf({ seeds }: RowResult, id: StrategyId): readonly number[] | null {
  const found = seeds.map((seed) => seed[id]);
  return found.every((one) => one !== undefined) ? found.map((one) => finalOf(one).accuracy) : null;
}

export function finalOf(strategy: StrategyState): { readonly accuracy: number; readonly count: number } {
  if (!strategy.final) throw new Error(`${strategy.id} has not finished: run the study again.`);
  return strategy.final;
}

/** Mean over the seeds, point by point. */
export function meanCurve(
  strategies: readonly StrategyState[],
): { readonly x: number; readonly y: number }[] {
  const [first] = strategies;
  return first.points.map(({ epochs }: Point, index) => ({
    x: epochs,
    y: mean(strategies.map(({ points }) => points[index].testAccuracy)),
  }));
}
