import { useLayoutEffect, useRef, useState } from 'react';
import { valueAt } from './series.ts';
import styles from './charts.module.css';
import { PLOT_INSET, strokeOf, type CurvesProps } from './Curves.tsx';
import { placeLabels } from './end-labels.ts';
import { frameOf, shareOfHeight } from './frame.ts';
import { useCrosshair } from './view.ts';

/** Pixels of a name's line. */
const ROW = 18;
/** From so many lines on each name has its line's dash beside it. */
const MANY = 4;

/**
 * Names and values at the lines' ends, in place of a legend: in the colours of the lines, in the order of the ends. Where
 * the pointer is, the values are those that the lines have there. What they say is said by the chart's summary and reader.
 */
export function EndLabels(props: CurvesProps) {
  const place = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const x = useCrosshair((state) => state.x);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([{ contentRect }]) => setHeight(contentRect.height));
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, []);
  const { drawn, heights } = frameOf(props);
  const room = Math.max(0, height - PLOT_INSET.top - PLOT_INSET.bottom);
  const lines = drawn.filter(({ secondary }) => !secondary).slice(0, Math.max(1, Math.floor(room / ROW)));
  const places = placeLabels(
    lines.map(
      ({ points }) => (1 - shareOfHeight(heights, props.logY ?? false, points[points.length - 1].y)) * room,
    ),
    { height: room, row: ROW },
  );
  return (
    <div ref={place} className={styles.ends} data-many={lines.length >= MANY} aria-hidden="true">
      {room > 0 &&
        lines.map((line, index) => (
          <span
            key={line.key}
            style={{ translate: `0 ${PLOT_INSET.top + places[index] - ROW / 2}px`, color: line.color }}
          >
            {lines.length >= MANY && (
              <svg width="24" height="8">
                <line x1="0" x2="24" y1="4" y2="4" {...strokeOf(line)} />
              </svg>
            )}
            <b>{line.label}</b>{' '}
            <i>{props.format(x === null ? line.points[line.points.length - 1].y : valueAt(line, x))}</i>
          </span>
        ))}
    </div>
  );
}
