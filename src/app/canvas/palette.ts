/** The colours that canvases are painted in: those of the page as it looks now. */
import { onLook } from '../theme.ts';
import { plainColor } from './plain-color.ts';

const known = new Map<string, string>();
// Painting happens many times a second, a change of theme does not.
onLook(() => known.clear());

/** A CSS colour of the page as `#rrggbb`: `var(--ink)`, of the theme, on paper, or in high contrast. */
export function colorOf(color: string): string {
  let plain = known.get(color);
  if (plain === undefined) {
    plain = plainColor(color);
    known.set(color, plain);
  }
  return plain;
}

/** Red, green and blue of a colour of the page, 0…255. */
export function bytesOf(color: string): readonly [red: number, green: number, blue: number] {
  const hex = colorOf(color).slice(1);
  const part = (at: number) => parseInt(hex.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}

/** Whether what is painted lies on a dark ground. */
export function onDark(): boolean {
  const [red, green, blue] = bytesOf('var(--surface)');
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
}
