import { useState } from 'react';
import { STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import { levelSizes } from '../../network/layers/layers.ts';
import { count, whole } from '../format.ts';
import { late, Late } from '../late/Late.tsx';
import { useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import { shellText } from '../text/shell.ts';
import { useAnswers } from './answers.ts';
import { band, barsOf, cutX, gapOf, levelX, stripOf, type Frame } from './drawing.ts';
import { Exchange } from './Exchange.tsx';
import { Flow } from './Flow.tsx';
import { FreePlaces } from './FreePlaces.tsx';
import { LabelStrip } from './LabelStrip.tsx';
import { areApart, inPieces, shapeOf, waysAtCuts } from './shape.ts';
import styles from './drawing.module.css';
import { Tints } from './Tints.tsx';
import { useRow } from './useRow.ts';
import { useWork } from './useWork.ts';

const CutHandles = late(async () => (await import('./CutHandles.tsx')).CutHandles);
const ForwardPassView = late(async () => (await import('./ForwardPassView.tsx')).ForwardPassView);
const LayerTip = late(async () => (await import('./LayerStats.tsx')).LayerTip);

/** Pixels between two bars that numbers and words under them need. */
const ROOM_FOR_UNITS = 34;
const ROOM_FOR_WORDS = 104;
const ROOM_FOR_LABELS = 84;

interface NetworkDrawingProps {
  /** Whose network is drawn. */
  readonly drawn: StrategyId;
  readonly frame: Frame;
}

/** One strategy's network: bars for layers, bands for connections, tints for its devices, handles for cuts. */
export function NetworkDrawing({ drawn, frame }: NetworkDrawingProps) {
  const plan = useSession((state) => state.plan);
  const cuts = useSession((state) => state.experiment.cuts);
  const hidden = useSession((state) => state.experiment.layers);
  const labels = useSession((state) => state.labels);
  const phase = useSession(({ strategies }) => strategies[drawn]?.phase);
  const row = useRow(drawn);
  const prediction = useAnswers((state) => (state.plan === plan ? state.predictions[drawn] : undefined));
  const work = useWork(cuts.length + 1);
  const [pointed, setPointed] = useState<number | null>(null);
  if (!plan || !row) return null;

  const { width, height } = frame;
  const units = levelSizes(plan.network);
  const levels = units.length;
  const bars = barsOf(units, frame);
  const places = cuts.map((after) => cutX(after, levels, frame));
  const strip = stripOf(levels, frame);
  const devices = row.holds.length;
  const shape = shapeOf(drawn, devices, phase);
  const pieces = inPieces(shape);
  const alone = areApart(shape) || shape === 'handed';
  const labelled = alone && STRATEGIES[drawn].needsLabels;
  const working = work?.strategy === drawn ? work : null;
  const worded = labelled && !frame.narrow && !frame.low && gapOf(levels, frame) >= ROOM_FOR_LABELS;
  const crowded = gapOf(levels, frame) < ROOM_FOR_UNITS || frame.low;
  const wordy = gapOf(levels, frame) >= ROOM_FOR_WORDS;

  const normalised = (level: number) => hidden[level - 1] === 'ln';
  const unitsAt = (level: number): string => {
    if (normalised(level)) return text.normalisation;
    const figure = frame.narrow ? count(units[level]) : whole(units[level]);
    if (!wordy) return figure;
    return level === 0 ? text.pixels(figure) : level === levels - 1 ? text.classes(figure) : figure;
  };
  /** On a phone only the ends have room for their numbers. */
  const numbered = (level: number) =>
    !frame.low && (level === 0 || level === levels - 1 || (!crowded && !frame.narrow));

  return (
    <div className={styles.frame} data-pieces={pieces}>
      <svg
        className={styles.drawing}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={text.drawing(
          STRATEGIES[drawn].label,
          units.map((size, level) => text.level(size, normalised(level))).join(', '),
          devices,
          text.lies[shape],
        )}
      >
        <Tints {...{ shape, devices, frame, places }} shares={working?.shares ?? []} lost={row.lost} />
        {bars.slice(1).map(
          (bar, level) =>
            // Nothing goes on from block to block but an answer: each reads the image.
            !(shape === 'blocks' && cuts.includes(level)) && (
              <path key={level} className={styles.band} d={band(bars[level], bar)} />
            ),
        )}
        {working && (
          <Flow
            strategy={drawn}
            {...{ bars, places, alone, strip }}
            onward={waysAtCuts(shape) === 'forward'}
          />
        )}
        <FreePlaces frame={frame} />
        {bars.map((bar, level) => (
          <g key={level} onPointerEnter={() => setPointed(level)} onPointerLeave={() => setPointed(null)}>
            <rect x={bar.x - frame.bar / 2} y={0} width={2 * frame.bar} height={height} fill="transparent" />
            <rect
              className={`${styles.layer} ${normalised(level) ? styles.normalised : ''}`}
              x={bar.x}
              y={bar.y}
              width={bar.width}
              height={bar.height}
              rx={4}
            />
            {numbered(level) && (
              <text className={styles.unitCount} x={levelX(level, levels, frame)} y={height - 8}>
                {unitsAt(level)}
              </text>
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
            <line y1={0} y2={worded ? height - 24 : height} />
            {worded && (
              <text className={styles.labelsName} y={height - 8}>
                {(labels.at(index)?.values === null ? text.features : text.labels).toLowerCase()}
              </text>
            )}
          </g>
        ))}
        {working && <Exchange strategy={drawn} {...{ shape, devices, frame, bars, places }} />}
      </svg>
      {labelled &&
        places.map((x, index) => {
          const own = labels.at(index);
          if (!own?.values) return null;
          return <LabelStrip key={index} width={own.width} values={own.values} x={x} strip={strip} />;
        })}
      {prediction && (
        <Late
          part={ForwardPassView}
          props={{ frame, bars, prediction, labels: labelled }}
          what={shellText.passageBroke}
        />
      )}
      <Late part={CutHandles} props={{ frame }} what={shellText.handlesBroke} />
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
