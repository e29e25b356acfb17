import { levelSizes } from '../../network/layers/layers.ts';
import { useState } from 'react';
import { count, whole } from '../format.ts';
import { late, Late } from '../late/Late.tsx';
import { useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import { shellText } from '../text/shell.ts';
import { CutHandles } from './CutHandles.tsx';
import { band, barsOf, cutX, gapOf, levelX, stripOf, type Frame } from './drawing.ts';
import { Flow } from './Flow.tsx';
import { FreePlaces } from './FreePlaces.tsx';
import { LabelStrip } from './LabelStrip.tsx';
import styles from './network.module.css';
import { PartitionTint } from './PartitionTint.tsx';
import { useWork } from './useWork.ts';

const ForwardPassView = late(async () => (await import('./Passage.tsx')).ForwardPassView);
const LayerTip = late(async () => (await import('./LayerVitals.tsx')).LayerTip);

/** Pixels between two bars that numbers and names under them need. */
const ROOM_FOR_UNITS = 34;
const ROOM_FOR_WORDS = 46;

/** The network: bars for layers, bands for connections, tints for devices, handles for cuts. */
export function NetworkDrawing({ frame }: { readonly frame: Frame }) {
  const plan = useSession((state) => state.plan);
  const cuts = useSession((state) => state.experiment.cuts);
  const labels = useSession((state) => state.labels);
  const work = useWork(cuts.length + 1);
  const [pointed, setPointed] = useState<number | null>(null);
  if (!plan) return null;

  const { width, height } = frame;
  const units = levelSizes(plan.network);
  const levels = units.length;
  const bars = barsOf(units, frame);
  const places = cuts.map((after) => cutX(after, levels, frame));
  const edges = [0, ...places, width];
  const crowded = gapOf(levels, frame) < ROOM_FOR_UNITS;

  const levelName = (level: number) => {
    if (level > 0 && level < levels - 1) return text.layer(level, frame.narrow);
    if (gapOf(levels, frame) < ROOM_FOR_WORDS) return '';
    return level === 0 ? text.input : text.output;
  };

  return (
    <div className={styles.frame}>
      <svg
        className={styles.drawing}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={text.drawing(units.join(', '), plan.partitions.length)}
      >
        {plan.partitions.map(({ rank }) => (
          <PartitionTint
            key={rank}
            {...{ rank, frame }}
            from={edges[rank]}
            to={edges[rank + 1]}
            share={work?.shares[rank] ?? 0}
          />
        ))}
        {bars.slice(1).map((bar, level) => (
          <path key={level} className={styles.band} d={band(bars[level], bar)} />
        ))}
        {work && <Flow way={work.way} bars={bars} places={places} />}
        <FreePlaces frame={frame} />
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
        {places.map((x, index) => (
          <g
            key={index}
            className={`${styles.cut} ${styles.place}`}
            style={{ transform: `translate(${x}px)` }}
            aria-hidden="true"
          >
            <line y1={0} y2={height} />
          </g>
        ))}
      </svg>
      {places.map(
        (x, index) =>
          labels[index] && <LabelStrip key={index} {...labels[index]} x={x} strip={stripOf(frame)} />,
      )}
      <Late part={ForwardPassView} props={{ frame, bars }} what={shellText.passageBroke} />
      <CutHandles frame={frame} />
      {pointed !== null && pointed > 0 && (
        <Late
          part={LayerTip}
          props={{ layer: pointed - 1, x: levelX(pointed, levels, frame), room: width }}
          what={shellText.layerStatsBroke}
          place={styles.tip}
        />
      )}
    </div>
  );
}
