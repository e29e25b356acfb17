import type { PlottedDot } from '../../src/app/charts/Scatter.tsx';
import { STRATEGIES, STRATEGY_IDS } from '../../src/experiment/strategies.ts';
import { finalOf } from '../../src/lab/study/measure.ts';
import type { StudyResult } from '../../src/lab/study/run-study.ts';
import { mean } from '../../src/network/sums.ts';
import { fullestPeak } from '../../src/session/peaks.ts';

/** Accuracy over bytes sent to train, and over memory of the fullest device. */
export interface TradeOffPictures {
  readonly sent: readonly PlottedDot[];
  readonly held: readonly PlottedDot[];
  readonly head: { readonly sent: string; readonly held: string };
  /** Which rows full dots and hollow ones are of. */
  readonly rows: { readonly full: string; readonly hollow: string };
}

/** Every strategy of every row, means of all seeds; the first row's by name. Null where a study asks something else. */
export function tradeOffsOfStudy({ study, rows }: StudyResult): TradeOffPictures | null {
  if (!study.tradeOffs) return null;
  const dots = rows.flatMap(({ row, seeds }, index) =>
    STRATEGY_IDS.filter((id) => seeds[0][id]).map((id) => {
      const [first] = seeds.map((seed) => seed[id]!);
      const { label, short } = STRATEGIES[id];
      const dot = {
        key: `${row.name} ${id}`,
        y: mean(seeds.map((seed) => finalOf(seed[id]!).accuracy)),
        name: index === 0 ? short : undefined,
        color: `var(--strategy-${id})`,
        title: `${label}, ${row.name}`,
      };
      const sent = first.devices.reduce((sum, device) => sum + device.sent.training.bytes, 0);
      return { sent: { ...dot, x: sent }, held: { ...dot, x: fullestPeak(first) } };
    }),
  );
  return {
    sent: dots.map((dot) => dot.sent),
    held: dots.map((dot) => dot.held),
    rows: {
      full: rows[0].row.name,
      hollow: rows
        .slice(1)
        .map(({ row }) => row.name)
        .join(', '),
    },
    head: {
      sent: 'test accuracy over bytes sent to train',
      held: 'test accuracy over memory of the fullest device',
    },
  };
}
