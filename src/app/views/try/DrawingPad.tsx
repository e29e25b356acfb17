import { pressable } from '../../controls/hand-on.ts';
import { tryText as text } from '../../text/try.ts';
import { DrawingSheet } from './DrawingSheet.tsx';
import type { Stroke } from './pen.ts';
import { useSheet } from './sheet.ts';
import styles from './try.module.css';

interface DrawingPadProps {
  /** Everything on the sheet, as it is drawn. */
  readonly onDraw: (strokes: readonly Stroke[]) => void;
}

/** A sheet to draw on, and what takes a stroke back or all of them. */
export function DrawingPad({ onDraw }: DrawingPadProps) {
  const strokes = useSheet((state) => state.strokes);
  const empty = strokes.length === 0;
  const set = (all: readonly Stroke[]) => {
    useSheet.setState({ strokes: all });
    onDraw(all);
  };
  return (
    <div className={styles.pad}>
      <DrawingSheet onDraw={onDraw} />
      <div className={styles.row}>
        <button
          type="button"
          className="button"
          {...pressable(empty ? undefined : () => set(strokes.slice(0, -1)))}
        >
          {text.undo}
        </button>
        <button type="button" className="button" {...pressable(empty ? undefined : () => set([]))}>
          {text.clear}
        </button>
      </div>
    </div>
  );
}
