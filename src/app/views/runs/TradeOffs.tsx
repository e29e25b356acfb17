import { STRATEGIES } from '../../../experiment/strategies.ts';
import { ChartCard } from '../../charts/ChartCard.tsx';
import type { TableData } from '../../charts/table.ts';
import { bytes, bytesOnAxis, percent } from '../../format.ts';
import { chartsText } from '../../text/charts.ts';
import { tradeOffsText as text } from '../../text/runs.ts';
import { ScatterPlot } from './ScatterPlot.tsx';
import { tradeOffs, type Outcome, type TradeOff } from './trade-offs.ts';
import styles from './trade-offs.module.css';

interface TradeOffsProps {
  readonly runs: readonly Outcome[];
  /** Whether there soon will be two to compare: their place is kept. */
  readonly coming: boolean;
}

/** What accuracy takes: over bytes sent, and over memory of the fullest device. Nothing where no two can be compared. */
export function TradeOffs({ runs, coming }: TradeOffsProps) {
  const { dots, leftOut } = tradeOffs(runs);
  if (dots.length < 2 && !coming) return null;
  return (
    <div className={styles.both}>
      <div className="pairs">
        {(['bytes', 'memory'] as const).map((over) => (
          <Picture key={over} over={over} dots={dots} />
        ))}
      </div>
      <p className={styles.note}>
        {text.note} {leftOut > 0 && text.leftOut(leftOut)}
      </p>
    </div>
  );
}

interface PictureProps {
  readonly over: 'bytes' | 'memory';
  readonly dots: readonly TradeOff[];
}

function Picture({ over, dots }: PictureProps) {
  const table = (): TableData => ({
    head: [text.strategy, text.run, chartsText.accuracy, text.axis[over]],
    units: ['', '', chartsText.units.share, chartsText.units.bytes],
    rows: dots.map((dot) => [STRATEGIES[dot.id].label, dot.run, dot.accuracy, dot[over]]),
    format: (value, column) => (column === 2 ? percent : bytes)(value),
  });
  const told = (dot: TradeOff) =>
    text.told(STRATEGIES[dot.id].label, percent(dot.accuracy), bytes(dot[over]));
  const plotted = dots.map((dot, index) => ({
    key: `${index}`,
    x: dot[over],
    y: dot.accuracy,
    name: dot.first ? STRATEGIES[dot.id].short : undefined,
    color: `var(--strategy-${dot.id})`,
    title: `${told(dot)} (${dot.run})`,
  }));
  const first = dots.filter((dot) => dot.first).map(told);
  return (
    <ChartCard
      name={text.name[over]}
      summary={first.length > 0 ? chartsText.summary(text.name[over], first) : text.empty}
      table={table}
    >
      {dots.length > 0 ? (
        <ScatterPlot dots={plotted} format={bytesOnAxis} />
      ) : (
        <p className={styles.empty}>{text.empty}</p>
      )}
    </ChartCard>
  );
}
