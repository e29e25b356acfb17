/** The sheet's strokes. They outlive the panel that shows them, and stay until a person takes them back. */
import { create } from 'zustand';
import type { Stroke } from './pen.ts';
import type { Ink } from './preprocess.ts';

/** Side of the sheet that ink is read from, and the pen's width on it. */
export const SIDE = 112;
const PEN = 7;

export const useSheet = create<{ readonly strokes: readonly Stroke[] }>()(() => ({ strokes: [] }));

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Paints strokes, and nothing else, on a canvas of `SIDE` by `SIDE`. */
export function paintStrokes(context: Context, strokes: readonly Stroke[], color: string): void {
  context.clearRect(0, 0, SIDE, SIDE);
  context.lineWidth = PEN;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = color;
  for (const [[x, y], ...rest] of strokes) {
    context.beginPath();
    context.moveTo(x, y);
    // A tap is a dot.
    if (rest.length === 0) context.lineTo(x + 0.01, y);
    for (const [nextX, nextY] of rest) context.lineTo(nextX, nextY);
    context.stroke();
  }
}

let scratch: OffscreenCanvasRenderingContext2D | null = null;

/** How much of each place the strokes cover; null where there are none. */
export function inkOf(strokes: readonly Stroke[]): Ink | null {
  if (strokes.length === 0) return null;
  scratch ??= new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true })!;
  paintStrokes(scratch, strokes, '#000000');
  const { data } = scratch.getImageData(0, 0, SIDE, SIDE);
  return { side: SIDE, values: Float32Array.from({ length: SIDE * SIDE }, (_, i) => data[4 * i + 3] / 255) };
}
