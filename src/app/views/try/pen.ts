/** One pointer draws. Which one, where a hand lies on the sheet, too. */

export type Place = readonly [x: number, y: number];
/** Where a pointer came by, from where it touched the sheet. */
export type Stroke = readonly [Place, ...Place[]];

export interface Pointer {
  readonly id: number;
  /** `mouse`, `touch`, `pen`, or what else the browser says. */
  readonly kind: string;
}

/** The pointer that draws and what it has drawn so far; null while none does. */
export type Pen = (Pointer & { readonly stroke: Stroke }) | null;

/**
 * A pointer touches the sheet. Beside one that draws it is a palm or a second finger and is ignored; but a pen is never
 * the palm: what the touch before it began is dropped.
 */
export function touch(pen: Pen, pointer: Pointer, place: Place): Pen {
  const palmFirst = pen?.kind === 'touch' && pointer.kind === 'pen';
  return pen && !palmFirst ? pen : { ...pointer, stroke: [place] };
}

/** A pointer moves; only the one that draws leaves a trace. */
export const move = (pen: Pen, id: number, place: Place): Pen =>
  pen?.id === id ? { ...pen, stroke: [...pen.stroke, place] } : pen;

/** A pointer is lifted. The stroke that is done with it, if it was the one that drew. */
export const lift = (pen: Pen, id: number): Stroke | null => (pen?.id === id ? pen.stroke : null);
