import { lazy, Suspense, useRef, useState, type PointerEvent } from 'react';
import { bytes, count, flops, significant, whole } from '../format.ts';
import { useActions, useSession } from '../session/context.tsx';
import { networkText as text } from '../text/network.ts';
import { band, barsOf, cutAt, cutX, gapOf, levelX, stripOf, type Frame } from './drawing.ts';
import { LabelStrip } from './LabelStrip.tsx';
import styles from './network.module.css';
import { trainingBytes } from './price.ts';

const Passage = lazy(async () => ({ default: (await import('./Passage.tsx')).Passage }));
const LayerTip = lazy(async () => ({ default: (await import('./LayerVitals.tsx')).LayerTip }));

/** Pixels that names and numbers need beside each other. */
const ROOM_FOR_NAME = 76;
const ROOM_FOR_LOSS = 176;
const ROOM_FOR_UNITS = 34;
const ROOM_FOR_WORDS = 46;
const ROOM_FOR_MEMORY = 66;
const ROOM_FOR_PRICE = 200;

/** The network: bars for layers, bands for connections, tints for devices, handles for cuts. */
export function NetworkDrawing({ frame }: { readonly frame: Frame }) {
  const plan = useSession((state) => state.plan);
  const cuts = useSession((state) => state.experiment.cuts);
  const sil = useSession((state) => state.modes.sil);
  const price = useSession((state) => state.prices.sil);
  const labels = useSession((state) => state.labels);
  const { change } = useActions();
  const [pointed, setPointed] = useState<number | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  if (!plan) return null;

  const { width, height } = frame;
  const units = [plan.pixels, ...plan.network.map(({ outputs }) => outputs)];
  const levels = units.length;
  const bars = barsOf(units, frame);
  const edges = [0, ...cuts.map((after) => cutX(after, levels, frame)), width];
  const working = sil?.status === 'turn';
  const strip = stripOf(frame);
  const crowded = gapOf(levels, frame) < ROOM_FOR_UNITS;

  const drag = (index: number) => (event: PointerEvent<SVGGElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !svg.current) return;
    const wanted = cutAt(event.clientX - svg.current.getBoundingClientRect().left, levels, frame);
    const low = (cuts[index - 1] ?? 0) + 1;
    const high = (cuts[index + 1] ?? levels - 1) - 1;
    const after = Math.max(low, Math.min(high, wanted));
    if (after !== cuts[index]) change({ cuts: cuts.map((cut, other) => (other === index ? after : cut)) });
  };

  const priceOf = (rank: number, room: number) => {
    const device = price?.devices[rank];
    if (!device || room < ROOM_FOR_MEMORY) return '';
    const memory = bytes(trainingBytes(device.memory));
    return room < ROOM_FOR_PRICE ? memory : text.price(memory, flops(device.flopsPerStep));
  };

  const levelName = (level: number) => {
    if (level > 0 && level < levels - 1) return text.layer(level, frame.narrow);
    if (gapOf(levels, frame) < ROOM_FOR_WORDS) return '';
    return level === 0 ? text.input : text.output;
  };

  const drawing = (
    <svg
      ref={svg}
      className={styles.drawing}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={text.drawing(units.join(', '), plan.partitions.length)}
    >
      {plan.partitions.map(({ rank }) => {
        const from = edges[rank];
        const room = edges[rank + 1] - from;
        const loss = sil?.rankProgress[rank]?.loss;
        return (
          <g key={rank} className={working ? styles.working : undefined}>
            <rect
              className={styles.tint}
              x={from + 2}
              y={1}
              width={room - 4}
              height={height - 2}
              rx={10}
              style={{ fill: `var(--device-${rank})`, stroke: `var(--device-${rank})` }}
            />
            <text
              className={styles.deviceName}
              x={from + 12}
              y={21}
              style={{ fill: `var(--device-${rank})` }}
            >
              {room < ROOM_FOR_NAME ? rank + 1 : text.device(rank)}
            </text>
            <text className={styles.price} x={from + room / 2} y={height - 11}>
              {priceOf(rank, room)}
            </text>
            {working && loss !== undefined && Number.isFinite(loss) && room >= ROOM_FOR_LOSS && (
              <text className={styles.live} x={edges[rank + 1] - 12} y={21} textAnchor="end">
                {text.loss(significant(loss))}
              </text>
            )}
          </g>
        );
      })}
      {bars.slice(1).map((bar, level) => (
        <path key={level} className={styles.band} d={band(bars[level], bar)} />
      ))}
      {bars.map((bar, level) => (
        <g key={level} onPointerEnter={() => setPointed(level)} onPointerLeave={() => setPointed(null)}>
          <rect x={bar.x - frame.bar / 2} y={0} width={2 * frame.bar} height={height} fill="transparent" />
          <rect className={styles.layer} x={bar.x} y={bar.y} width={bar.width} height={bar.height} rx={4} />
          {(!crowded || level === 0 || level === levels - 1) && (
            <>
              <text className={styles.units} x={levelX(level, levels, frame)} y={height - 50}>
                {frame.narrow ? count(units[level]) : whole(units[level])}
              </text>
              <text className={styles.levelName} x={levelX(level, levels, frame)} y={height - 35}>
                {levelName(level)}
              </text>
            </>
          )}
        </g>
      ))}
      {cuts.map((after, index) => {
        const x = cutX(after, levels, frame);
        const reach = Math.min(22, gapOf(levels, frame) / 2);
        return (
          <g
            key={index}
            className={styles.cut}
            onPointerDown={drag(index)}
            onPointerMove={drag(index)}
            aria-hidden="true"
          >
            <rect x={x - reach} y={0} width={2 * reach} height={height} fill="transparent" />
            <line x1={x} x2={x} y1={0} y2={height} />
            {labels[index] && (
              <LabelStrip
                values={labels[index].values}
                width={labels[index].width}
                x={x - strip.width / 2}
                y={strip.y}
                size={{ width: strip.width, height: strip.height }}
              />
            )}
            <rect className={styles.grip} x={x - 8} y={height / 2 - 23} width={16} height={36} rx={8} />
            <path className={styles.gripLines} d={`M${x - 2.5} ${height / 2 - 12}v14m5 -14v14`} />
          </g>
        );
      })}
    </svg>
  );
  return (
    <div className={styles.frame}>
      {drawing}
      <Suspense>
        <Passage frame={frame} bars={bars} />
      </Suspense>
      {pointed !== null && pointed > 0 && (
        <Suspense>
          <LayerTip layer={pointed - 1} x={levelX(pointed, levels, frame)} room={width} />
        </Suspense>
      )}
    </div>
  );
}
