/** The numbers below a picture that runs over epochs. */
import { significant } from '../../format.ts';
import { chartsText as text } from '../../text/charts.ts';
import { roundTicks } from '../../ticks.ts';

export interface PlaceAlong {
  /** Pixels. */
  readonly at: number;
  readonly value: string;
  readonly anchor: 'left' | 'center' | 'right';
}

/** Pixels that a number takes, and that the last one takes with its unit. */
const ROOM = { number: 48, last: 90 };

/** Round epochs from 0 on, none on another; at the end stands the unit, too. @param epochs At the right edge. */
export function placesAlong(
  { from, to }: { readonly from: number; readonly to: number },
  epochs: number,
): readonly PlaceAlong[] {
  if (!(epochs > 0)) return [];
  const across = (value: number) => from + ((to - from) * value) / epochs;
  const end: PlaceAlong = { at: to, value: text.axis.at.epochs(significant(epochs)), anchor: 'right' };
  const count = Math.max(1, Math.floor((to - from) / ROOM.number / 2));
  return [
    ...roundTicks(0, epochs, count)
      .filter((value) => across(value) <= to - ROOM.last)
      .map((value) => ({
        at: across(value),
        value: significant(value),
        anchor: value === 0 ? ('left' as const) : ('center' as const),
      })),
    end,
  ];
}
