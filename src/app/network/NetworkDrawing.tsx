import { useRef, type PointerEvent } from 'react';
import { significant, whole } from '../format.ts';
import { useActions, useSession } from '../session/context.tsx';
import { networkText as text } from '../text/network.ts';
import { band, barsOf, cutAt, cutX, HEIGHT, levelX, WIDTH } from './drawing.ts';
import styles from './network.module.css';

/** The network: bars for layers, bands for connections, tints for devices, handles for cuts. */
export function NetworkDrawing() {
  const plan = useSession((state) => state.plan);
  const cuts = useSession((state) => state.experiment.cuts);
  const sil = useSession((state) => state.modes.sil);
  const { change } = useActions();
  const svg = useRef<SVGSVGElement>(null);
  if (!plan) return null;

  const units = [plan.pixels, ...plan.network.map(({ outputs }) => outputs)];
  const levels = units.length;
  const bars = barsOf(units);
  const edges = [0, ...cuts.map((after) => cutX(after, levels)), WIDTH];
  const working = sil?.status === 'turn';

  const drag = (index: number) => (event: PointerEvent<SVGGElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !svg.current) return;
    const { left, width } = svg.current.getBoundingClientRect();
    const wanted = cutAt(((event.clientX - left) / width) * WIDTH, levels);
    const low = (cuts[index - 1] ?? 0) + 1;
    const high = (cuts[index + 1] ?? levels - 1) - 1;
    const after = Math.max(low, Math.min(high, wanted));
    if (after !== cuts[index]) change({ cuts: cuts.map((cut, other) => (other === index ? after : cut)) });
  };

  return (
    <svg
      ref={svg}
      className={styles.drawing}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={text.drawing(units.join(', '), plan.partitions.length)}
    >
      {plan.partitions.map(({ rank }) => {
        const from = edges[rank];
        const progress = sil?.rankProgress[rank];
        return (
          <g key={rank} className={working ? styles.working : undefined}>
            <rect
              className={styles.tint}
              x={from + 3}
              y={2}
              width={edges[rank + 1] - from - 6}
              height={HEIGHT - 4}
              rx={12}
              style={{ fill: `var(--device-${rank})`, stroke: `var(--device-${rank})` }}
            />
            <text
              className={styles.deviceName}
              x={from + 14}
              y={21}
              style={{ fill: `var(--device-${rank})` }}
            >
              {text.device(rank)}
            </text>
            {working && progress && Number.isFinite(progress.loss) && (
              <text className={styles.live} x={edges[rank + 1] - 14} y={21} textAnchor="end">
                {text.loss(significant(progress.loss))}
              </text>
            )}
          </g>
        );
      })}
      {bars.slice(1).map((bar, level) => (
        <path key={level} className={styles.band} d={band(bars[level], bar)} />
      ))}
      {bars.map((bar, level) => (
        <g key={level}>
          <rect className={styles.layer} x={bar.x} y={bar.y} width={bar.width} height={bar.height} rx={5} />
          <text className={styles.units} x={levelX(level, levels)} y={HEIGHT - 11} textAnchor="middle">
            {whole(units[level])}
          </text>
        </g>
      ))}
      {cuts.map((after, index) => {
        const x = cutX(after, levels);
        return (
          <g
            key={index}
            className={styles.cut}
            onPointerDown={drag(index)}
            onPointerMove={drag(index)}
            aria-hidden="true"
          >
            <rect x={x - 16} y={0} width={32} height={HEIGHT} fill="transparent" />
            <line x1={x} x2={x} y1={0} y2={HEIGHT} />
            <rect className={styles.grip} x={x - 8} y={HEIGHT / 2 - 18} width={16} height={36} rx={8} />
            <path className={styles.gripLines} d={`M${x - 2.5} ${HEIGHT / 2 - 7}v14m5 -14v14`} />
          </g>
        );
      })}
    </svg>
  );
}
