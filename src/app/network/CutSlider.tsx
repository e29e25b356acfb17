import * as Slider from '@radix-ui/react-slider';
import { LIMITS } from '../../experiment/limits.ts';
import { useActions, useSession } from '../session/context.tsx';
import { networkText as text } from '../text/network.ts';
import styles from './network.module.css';

/** The cuts as a slider with a thumb each, aligned with the drawing above it. */
export function CutSlider() {
  const { cuts, layers } = useSession((state) => state.experiment);
  const { change } = useActions();
  const most = Math.min(LIMITS.cuts, layers.length);
  return (
    <div className={styles.cuts} role="group" aria-label={text.cutsLabel}>
      {layers.length > 1 && cuts.length > 0 && (
        <div className={styles.sliderRoom} style={{ paddingInline: inset(layers.length + 2) }}>
          <Slider.Root
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
      <div className={styles.cutButtons}>
        <span>{text.partitions(cuts.length + 1)}</span>
        <button
          type="button"
          disabled={cuts.length >= most}
          onClick={() => change({ cuts: withAnother(cuts, layers.length) })}
        >
          {text.addCut}
        </button>
        <button
          type="button"
          disabled={cuts.length === 0}
          onClick={() => change({ cuts: cuts.slice(0, -1) })}
        >
          {text.removeCut}
        </button>
      </div>
    </div>
  );
}

/** Padding that puts the slider's ends under the first and last place a cut can have. */
function inset(levels: number): string {
  // The drawing's margin is 44 of 960, and a cut lies half a gap behind its layer: 1.5 gaps from the first level.
  const margin = 44 / 960;
  const gap = (1 - 2 * margin) / (levels - 1);
  return `calc(${100 * (margin + 1.5 * gap)}% - 10px) calc(${100 * (margin + 0.5 * gap)}% - 10px)`;
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
