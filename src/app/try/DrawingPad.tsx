import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { tryText as text } from '../text/try.ts';
import type { Ink } from './preprocess.ts';
import styles from './try.module.css';

/** Side of the sheet that ink is read from, and the pen's width on it. */
const SIDE = 112;
const PEN = 7;

type Stroke = readonly (readonly [x: number, y: number])[];

interface DrawingPadProps {
  readonly onInk: (ink: Ink | null) => void;
}

/** A sheet to draw on with mouse, finger or pen. */
export function DrawingPad({ onInk }: DrawingPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const pen = useRef<[number, number][] | null>(null);

  useEffect(() => {
    const context = canvas.current?.getContext('2d', { willReadFrequently: true });
    if (context) paint(context, strokes);
  }, [strokes]);

  const place = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const box = currentTarget.getBoundingClientRect();
    return [((clientX - box.left) * SIDE) / box.width, ((clientY - box.top) * SIDE) / box.height];
  };
  const show = (all: readonly Stroke[]) => {
    const context = canvas.current?.getContext('2d', { willReadFrequently: true });
    if (!context) return;
    paint(context, all);
    onInk(all.length > 0 ? inkOf(context) : null);
  };
  const end = () => {
    if (!pen.current) return;
    const all = [...strokes, pen.current];
    pen.current = null;
    setStrokes(all);
    show(all);
  };
  const back = (all: readonly Stroke[]) => {
    setStrokes(all);
    show(all);
  };

  return (
    <div className={styles.pad}>
      <canvas
        ref={canvas}
        width={SIDE}
        height={SIDE}
        role="img"
        aria-label={text.canvas}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          pen.current = [place(event)];
          show([...strokes, pen.current]);
        }}
        onPointerMove={(event) => {
          if (!pen.current) return;
          // Between two frames a fast hand passes several places.
          pen.current.push(place(event));
          show([...strokes, pen.current]);
        }}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <div className={styles.row}>
        <button
          type="button"
          className="button"
          disabled={strokes.length === 0}
          onClick={() => back(strokes.slice(0, -1))}
        >
          {text.undo}
        </button>
        <button type="button" className="button" disabled={strokes.length === 0} onClick={() => back([])}>
          {text.clear}
        </button>
      </div>
    </div>
  );
}

function paint(context: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
  context.clearRect(0, 0, SIDE, SIDE);
  context.lineWidth = PEN;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = getComputedStyle(context.canvas).color;
  for (const stroke of strokes) {
    context.beginPath();
    const [[x, y]] = stroke;
    context.moveTo(x, y);
    // A tap is a dot.
    if (stroke.length === 1) context.lineTo(x + 0.01, y);
    for (const [nextX, nextY] of stroke.slice(1)) context.lineTo(nextX, nextY);
    context.stroke();
  }
}

/** How much of each place is covered, whatever colour it was drawn in. */
function inkOf(context: CanvasRenderingContext2D): Ink {
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return { side: SIDE, values: Float32Array.from({ length: SIDE * SIDE }, (_, i) => data[4 * i + 3] / 255) };
}
