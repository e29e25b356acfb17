import { useEffect, useId, useRef } from 'react';
import { pickCharacter, testCharacter, useCharacter } from '../asking/character.ts';
import { Character } from '../controls/Character.tsx';
import { useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import { draw } from '../views/try/draw.ts';
import { DrawingPad } from '../views/try/DrawingPad.tsx';
import { DrawingSheet } from '../views/try/DrawingSheet.tsx';
import { useSheet } from '../views/try/sheet.ts';
import styles from './board.module.css';

/** What goes into the network: a test character, or what someone draws over it. On a phone a press opens a larger sheet. */
export function Pad({ phone }: { readonly phone: boolean }) {
  const dataset = useSession((state) => state.dataset);
  const chosen = useCharacter(dataset);
  const strokes = useSheet((state) => state.strokes);
  const large = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Another data set empties what the networks see, but not the sheet: what is on it is seen again.
  useEffect(() => {
    if (dataset && !chosen && strokes.length > 0) draw(dataset, strokes);
  }, [dataset, chosen, strokes]);
  if (!dataset) return null;
  const shown = chosen ?? testCharacter(dataset, 0);
  const drawn = shown.truth === null;
  const image = <Character pixels={shown.pixels} side={dataset.side} />;
  const clear = () => {
    useSheet.setState({ strokes: [] });
    draw(dataset, []);
  };
  if (phone) {
    return (
      <>
        <button
          type="button"
          id="pad"
          className={styles.small}
          aria-label={text.pad.open}
          aria-haspopup="dialog"
          onClick={() => large.current?.showModal()}
        >
          {image}
        </button>
        <dialog ref={large} className={styles.large} aria-labelledby={heading}>
          <h2 id={heading}>{text.pad.draw}</h2>
          <DrawingPad onDraw={(all) => draw(dataset, all)} />
          <form method="dialog">
            <button type="button" className="button" onClick={() => pickCharacter(dataset)}>
              {text.forwardPass.another}
            </button>
            <button type="submit" className="button primary">
              {text.pad.done}
            </button>
          </form>
        </dialog>
      </>
    );
  }
  return (
    <div role="group" className={styles.group} aria-label={text.pad.name}>
      <div className={styles.pad}>
        {!drawn && image}
        <DrawingSheet onDraw={(all) => draw(dataset, all)} />
      </div>
      <p>
        <b>{text.pad.draw}</b>
        <button
          type="button"
          id="pad"
          className="link"
          aria-keyshortcuts="d"
          onClick={drawn ? clear : () => pickCharacter(dataset)}
        >
          {drawn ? (
            text.pad.clear
          ) : (
            <>
              {text.pad.next}
              <span className="visually-hidden"> {text.pad.nextWhat}</span>
            </>
          )}
        </button>
      </p>
    </div>
  );
}
