import * as Slider from '@radix-ui/react-slider';
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { widthAfter } from '../../network/spec.ts';
import { useActions, useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import { withoutCut } from './cuts.ts';
import { cutX, HANDLE, type Frame } from './drawing.ts';
import styles from './drawing.module.css';

/** The cuts' handles, on their lines: a slider with a thumb each, as wide as the places a cut can have. */
export function CutHandles({ frame }: { readonly frame: Frame }) {
  const { cuts, layers } = useSession((state) => state.experiment);
  const { change } = useActions();
  const root = useRef<HTMLDivElement>(null);
  /** After a removal: the handle that comes in the place of the one that had the focus. */
  const successor = useRef<number | null>(null);
  useEffect(() => {
    if (successor.current === null) return;
    const wanted = successor.current;
    successor.current = null;
    // Radix shows new thumbs only once it has counted them.
    const request = requestAnimationFrame(() => {
      const thumbs = root.current?.querySelectorAll<HTMLElement>('[role="slider"]') ?? [];
      const next = thumbs[Math.min(wanted, thumbs.length - 1)];
      // Without a cut the panel has the focus, from where the next one is added.
      (next ?? document.getElementById('network-heading'))?.focus();
    });
    return () => cancelAnimationFrame(request);
  }, [cuts]);
  // Radix learns of a thumb's size, and where it stands by that, once it is there: it does not glide to its own place.
  useLayoutEffect(() => {
    const { dataset } = root.current!;
    dataset['still'] = '';
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => delete dataset['still']);
    });
    return () => cancelAnimationFrame(frame);
  }, [cuts.length]);
  const remove = (index: number) => {
    successor.current = index;
    change({ cuts: withoutCut(cuts, index) });
  };
  const press = (index: number) => (event: KeyboardEvent) => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    remove(index);
  };
  const levels = layers.length + 2;
  // Radix keeps thumbs inside the slider, so it reaches half a thumb further at both ends.
  const from = cutX(1, levels, frame) - HANDLE.size / 2;
  const to = cutX(layers.length, levels, frame) + HANDLE.size / 2;
  return (
    <div ref={root} id="cuts" data-screen="" role="group" aria-label={text.cutsLabel}>
      <Slider.Root
        // The drawing runs from left to right in every language.
        dir="ltr"
        // Radix keeps thumbs by position; another number of them is another slider.
        key={cuts.length}
        className={styles.handles}
        style={{ left: from, width: to - from, top: HANDLE.top, height: HANDLE.size }}
        min={1}
        // A slider of one place would divide by nothing.
        max={Math.max(2, layers.length)}
        step={1}
        minStepsBetweenThumbs={1}
        value={[...cuts]}
        onValueChange={(values) => change({ cuts: values.map((after) => Math.min(after, layers.length)) })}
      >
        {cuts.map((after, index) => (
          <Slider.Thumb
            key={index}
            className={styles.handle}
            aria-label={text.cutName(index, cuts.length)}
            aria-valuetext={text.cutValue(after, widthAfter(layers, after - 1))}
            aria-keyshortcuts="Delete"
            title={text.cutHelp}
            onKeyDown={press(index)}
            onDoubleClick={() => remove(index)}
          />
        ))}
      </Slider.Root>
    </div>
  );
}
