import { chartsText as text } from '../text/charts.ts';
import type { Across } from './across.ts';
import { placeWords } from './axes.tsx';
import styles from './charts.module.css';
import { nearestIndex, rowsOf, valueAt, type Axis, type Line } from './series.ts';
import { setCrosshair, useCrosshair } from './view.ts';

interface CurveReaderProps {
  readonly name: string;
  readonly lines: readonly Line[];
  readonly axis: Axis | Across;
  readonly format: (value: number) => string;
}

/** The crosshair by keyboard: arrow keys go from point to point, on every chart at once, and each is said. */
export function CurveReader({ name, lines, axis, format }: CurveReaderProps) {
  const x = useCrosshair((state) => state.x);
  const last = Math.max(...lines.map(({ points }) => points[points.length - 1].x));
  const at = x ?? last;
  const values = lines.map((line) => text.summaryPart(line.label, format(valueAt(line, at))));
  const go = (move: (from: number, count: number) => number) => {
    const places = rowsOf(lines).filter(({ x }, at, all) => at === 0 || x !== all[at - 1].x);
    const index = move(nearestIndex(places, at), places.length);
    setCrosshair(places[Math.max(0, Math.min(places.length - 1, index))].x);
  };
  return (
    <div
      className={styles.reader}
      role="slider"
      tabIndex={0}
      aria-label={text.read(name)}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={at}
      aria-valuetext={text.summary(placeWords(axis, at), values)}
      onFocus={() => setCrosshair(at)}
      onBlur={() => setCrosshair(null)}
      onKeyDown={(event) => {
        const move = MOVES[event.key];
        if (!move) return;
        event.preventDefault();
        go(move);
      }}
    />
  );
}

/** Which point comes next, by key: axes run from left to right in every language. */
const MOVES: Readonly<Record<string, (from: number, count: number) => number>> = {
  ArrowLeft: (from) => from - 1,
  ArrowDown: (from) => from - 1,
  ArrowRight: (from) => from + 1,
  ArrowUp: (from) => from + 1,
  PageDown: (from) => from - 10,
  PageUp: (from) => from + 10,
  Home: () => 0,
  End: (_, count) => count - 1,
};
