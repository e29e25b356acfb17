import { useRef } from 'react';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import { LineSample } from '../../controls/LineSample.tsx';
import { KindBar, KindsLegend } from '../../charts/KindBar.tsx';
import kindStyles from '../../charts/kinds.module.css';
import { useChartView, useCrosshair } from '../../charts/view.ts';
import { bytes, significant } from '../../format.ts';
import { useImages } from '../../ledger/images.ts';
import { useSession } from '../../store/context.tsx';
import { useMeasuredStrategies } from '../../store/strategies.ts';
import { chartsText as text } from '../../text/charts.ts';
import { kindsOf } from './memory.ts';
import { memoryAt, memoryLines } from './memory-lines.ts';
import styles from './overview.module.css';
import { standingBars, type StandingBar } from './standing-bars.ts';

/**
 * Beside the curves: what each strategy's fullest device holds at most, by kind, and what its devices have sent. Where
 * a pointer is on a curve: what it held there.
 */
export function StandingTable() {
  const place = useRef<HTMLDivElement>(null);
  const strategies = useMeasuredStrategies(place);
  const costEstimates = useSession((state) => state.costEstimates);
  const plan = useSession((state) => state.plan);
  const experiment = useSession((state) => state.experiment);
  const dataset = useSession((state) => state.dataset);
  const images = useImages((state) => state.images);
  const kinds = kindsOf(images);
  const axis = useChartView((view) => view.axis);
  const x = useCrosshair((state) => state.x);
  const bars = standingBars({ strategies, costEstimates, plan, experiment, dataset }, images).map((bar) => {
    const points = x === null ? [] : memoryLines(strategies[bar.id]!, axis, images).points;
    if (x === null || points.length === 0) return bar;
    const { held } = memoryAt(points, axis, x);
    return { ...bar, byKind: held.byKind, held: held.bytes };
  });
  const most = Math.max(1, ...bars.map(({ held }) => held));
  const mostSent = Math.max(1, ...bars.map(({ sent }) => sent));
  const used = kinds.filter((kind) => bars.some(({ byKind }) => byKind && byKind[kind] > most / 100));
  const tipOf = ({ byKind }: StandingBar) =>
    byKind &&
    used
      .filter((kind) => byKind[kind] > 0)
      .map((kind) => `${text.kinds[kind]}: ${bytes(byKind[kind])}`)
      .join('\n');
  return (
    <div ref={place} className={styles.standing}>
      <table aria-label={text.sentAndHeld}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{text.strategy}</span>
            </th>
            <th scope="col" colSpan={2}>
              {x === null ? (
                <>
                  {text.held[0]}
                  <span className={styles.rest}>{text.held[1]}</span>
                </>
              ) : (
                text.heldAt(`${significant(x)} ${text.axis.units[axis]}`)
              )}
            </th>
            <th scope="col" colSpan={2}>
              {text.sentToTrain[0]}
              <span className={styles.rest}>{text.sentToTrain[1]}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.id} data-measured={bar.measured}>
              <th scope="row">
                <LineSample id={bar.id} />
                <span>{STRATEGIES[bar.id].short}</span>
              </th>
              <td className={styles.barCell} title={tipOf(bar)} aria-hidden="true">
                <KindBar byKind={bar.byKind} kinds={kinds} most={most} />
              </td>
              <td className={styles.value}>
                <span>{bar.measured ? bytes(bar.held) : text.about(bytes(bar.held))}</span>
              </td>
              <td className={styles.barCell} aria-hidden="true">
                <span className={kindStyles.track}>
                  <i
                    className={styles.sent}
                    style={{
                      inlineSize: `${(100 * bar.sent) / mostSent}%`,
                      background: `var(--strategy-${bar.id})`,
                    }}
                  />
                </span>
              </td>
              <td className={styles.value} data-none={bar.sent === 0}>
                <span>{bar.measured || bar.sent === 0 ? bytes(bar.sent) : text.about(bytes(bar.sent))}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <KindsLegend kinds={used} />
    </div>
  );
}
