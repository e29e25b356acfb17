import { useCallback, useRef, type PointerEvent } from 'react';
import { colorOf } from '../../canvas/palette.ts';
import { usePainted, type Paint } from '../../canvas/usePainted.ts';
import { tryText as text } from '../../text/try.ts';
import { lift, move, touch, type Pen, type Place, type Stroke } from './pen.ts';
import { paintStrokes, SIDE, useSheet } from './sheet.ts';

interface DrawingSheetProps {
  /** Everything on the sheet, as it is drawn. */
  readonly onDraw: (strokes: readonly Stroke[]) => void;
}

/** What is drawn on with mouse, finger or pen: the same sheet wherever it is shown. */
export function DrawingSheet({ onDraw }: DrawingSheetProps) {
  const strokes = useSheet((state) => state.strokes);
  const pen = useRef<Pen>(null);
  /** Pens over the sheet: while there is one, fingers are the hand that holds it. */
  const pens = useRef(new Set<number>());
  const paint = useCallback<Paint>(
    (context) => {
      const all = pen.current ? [...strokes, pen.current.stroke] : strokes;
      paintStrokes(context, all, colorOf('var(--ink)'));
    },
    [strokes],
  );
  const [canvas, repaint] = usePainted(paint);

  const hold = (next: Pen) => {
    if (next === pen.current) return;
    pen.current = next;
    repaint();
    if (next) onDraw([...strokes, next.stroke]);
  };
  const end = ({ pointerId }: PointerEvent) => {
    const stroke = lift(pen.current, pointerId);
    if (!stroke) return;
    pen.current = null;
    const all = [...strokes, stroke];
    useSheet.setState({ strokes: all });
    onDraw(all);
  };

  return (
    <canvas
      ref={canvas}
      width={SIDE}
      height={SIDE}
      role="img"
      aria-label={text.canvas}
      onPointerEnter={({ pointerId, pointerType }) => {
        if (pointerType === 'pen') pens.current.add(pointerId);
      }}
      onPointerLeave={({ pointerId }) => pens.current.delete(pointerId)}
      onPointerDown={(event) => {
        const { pointerId: id, pointerType: kind, button, currentTarget } = event;
        if (button !== 0 || (kind === 'touch' && pens.current.size > 0)) return;
        hold(touch(pen.current, { id, kind }, placeOf(event)));
        // Beyond its edge, too, the sheet hears of the pointer that draws on it, and of no other.
        if (pen.current?.id === id) currentTarget.setPointerCapture(id);
      }}
      onPointerMove={(event) => hold(move(pen.current, event.pointerId, placeOf(event)))}
      onPointerUp={end}
      onPointerCancel={end}
    />
  );
}

function placeOf({ clientX, clientY, currentTarget }: PointerEvent<HTMLCanvasElement>): Place {
  const box = currentTarget.getBoundingClientRect();
  return [((clientX - box.left) * SIDE) / box.width, ((clientY - box.top) * SIDE) / box.height];
}
