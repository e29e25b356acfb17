import { useLayoutEffect, useRef, useState, type CSSProperties } from 'react';
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
 * the chart is narrow they stand in a line above it, and the curves have all of its width. Where the pointer is, the values
 * are those that the lines have there. What they say is said by the chart's summary and reader.
 * @param props Lines that have yet to begin have no points: above the chart their place is kept.
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
  const ends = drawn.filter(({ secondary }) => !secondary).slice(0, Math.max(1, Math.floor(room / ROW)));
  const places = placeLabels(
    ends.map(
      ({ points }) => (1 - shareOfHeight(heights, props.logY ?? false, points[points.length - 1].y)) * room,
    ),
    { height: room, row: ROW },
  );
  return (
    <div ref={place} className={styles.ends} data-many={ends.length >= MANY} aria-hidden="true">
      {props.lines
        .filter(({ secondary }) => !secondary)
        .map((line) => {
          const end = ends.findIndex(({ key }) => key === line.key);
          const { points } = drawn.find(({ key }) => key === line.key) ?? line;
          return (
            <span
              key={line.key}
              data-end={end >= 0}
              style={
                {
                  color: line.color,
                  '--end': `${PLOT_INSET.top + (places[end] ?? 0) - ROW / 2}px`,
                } as CSSProperties
              }
            >
              <svg width="24" height="8">
                <line x1="0" x2="24" y1="4" y2="4" {...strokeOf(line)} />
              </svg>
              <b>{line.label}</b>{' '}
              <i>
                {points.length > 0 &&
                  props.format(x === null ? points[points.length - 1].y : valueAt({ ...line, points }, x))}
              </i>
            </span>
          );
        })}
    </div>
  );
}
