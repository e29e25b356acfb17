import * as Slider from '@radix-ui/react-slider';
import { LIMITS } from '../../experiment/limits.ts';
import { LayerStepper } from '../controls/LayerStepper.tsx';
import { Stepper } from '../controls/Stepper.tsx';
import { useActions, useSession } from '../session/context.tsx';
import { networkText as text } from '../text/network.ts';
import { cutX, type Frame } from './drawing.ts';
import styles from './network.module.css';

/** The cuts as a slider with a thumb each, aligned with the drawing above it. */
export function CutSlider({ frame }: { readonly frame: Frame }) {
  const { cuts, layers } = useSession((state) => state.experiment);
  const { change } = useActions();
  return (
    <div data-screen="" className={styles.cuts} role="group" aria-label={text.cutsLabel}>
      {layers.length > 1 && cuts.length > 0 && (
        // The drawing runs from left to right in every language, and the thumbs stand under its cuts.
        <div dir="ltr" style={{ paddingInline: inset(layers.length + 2, frame) }}>
          <Slider.Root
            dir="ltr"
            // Radix keeps thumbs by position; another number of them is another slider.
            key={cuts.length}
            className={styles.slider}
            min={1}
            max={layers.length}
            step={1}
            minStepsBetweenThumbs={1}
            value={[...cuts]}
            onValueChange={(values) => change({ cuts: values })}
          >
            <Slider.Track className={styles.sliderTrack}>
              <Slider.Range className={styles.sliderRange} />
            </Slider.Track>
            {cuts.map((after, index) => (
              <Slider.Thumb
                key={index}
                className={styles.thumb}
                aria-label={text.cutName(index, cuts.length)}
                aria-valuetext={text.cutValue(after, layers[after - 1])}
              />
            ))}
          </Slider.Root>
        </div>
      )}
    </div>
  );
}

/** How many layers and partitions there are, and one fewer or more of each. */
export function Counts() {
  const { cuts, layers } = useSession((state) => state.experiment);
  const { change } = useActions();
  const most = Math.min(LIMITS.cuts, layers.length);
  return (
    <div className={styles.counts}>
      <LayerStepper>{text.hiddenLayers(layers.length)}</LayerStepper>
      <Stepper
        fewer={text.removeCut}
        more={text.addCut}
        onFewer={cuts.length > 0 ? () => change({ cuts: cuts.slice(0, -1) }) : undefined}
        onMore={cuts.length < most ? () => change({ cuts: withAnother(cuts, layers.length) }) : undefined}
      >
        {text.partitions(cuts.length + 1)}
      </Stepper>
    </div>
  );
}

/** Half a thumb: Radix keeps thumbs inside the track. */
const THUMB = 10;

/** Padding that puts the slider's ends under the first and last place a cut can have. */
function inset(levels: number, frame: Frame): string {
  const first = cutX(1, levels, frame) - THUMB;
  const last = frame.width - cutX(levels - 2, levels, frame) - THUMB;
  return `${first}px ${last}px`;
}

/** One more cut, in the middle of the longest run of layers. */
export function withAnother(cuts: readonly number[], layers: number): number[] {
  const bounds = [0, ...cuts, layers + 1];
  let widest = 0;
  for (let i = 1; i < bounds.length - 1; i++) {
    if (bounds[i + 1] - bounds[i] > bounds[widest + 1] - bounds[widest]) widest = i;
  }
  const added = Math.floor((bounds[widest] + bounds[widest + 1]) / 2);
  return [...new Set([...cuts, Math.max(1, added)])].sort((a, b) => a - b);
}
