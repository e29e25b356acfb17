/** Label vectors as colours: below zero, zero, above. */
import { bytesOf } from '../canvas/palette.ts';

export interface Heat {
  /** `[classes, width]`. */
  readonly values: Float32Array;
  readonly width: number;
  readonly classes: number;
  readonly columns: number;
  /** Units from one column to the next; may be a fraction. */
  readonly stride: number;
}

/** Paints a pixel per class and column. */
export function paintHeat(
  context: CanvasRenderingContext2D,
  { values, width, classes, columns, stride }: Heat,
): void {
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const [negative, zero, positive] = ['negative', 'zero', 'positive'].map((end) =>
    bytesOf(`var(--heat-${end})`),
  );
  const image = context.createImageData(columns, classes);
  for (let row = 0; row < classes; row++) {
    for (let column = 0; column < columns; column++) {
      const value = values[row * width + Math.floor(column * stride)] / (most || 1);
      const end = value < 0 ? negative : positive;
      // The square root keeps small entries visible beside a few large ones.
      const share = Math.sqrt(Math.abs(value));
      const at = 4 * (row * columns + column);
      for (let c = 0; c < 3; c++) image.data[at + c] = zero[c] + share * (end[c] - zero[c]);
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}
