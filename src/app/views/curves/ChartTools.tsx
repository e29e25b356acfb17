import * as Slider from '@radix-ui/react-slider';
import { percent } from '../../format.ts';
import { chartsText as text } from '../../text/charts.ts';
import styles from '../../charts/charts.module.css';
import { AxisChoice } from './AxisChoice.tsx';
import { SaveAll } from './SaveAll.tsx';
import {
  hasLines,
  setChartView,
  SINGLE_CHARTS,
  useChartView,
  WHOLE,
  type SingleChart,
} from '../../charts/view.ts';

/** Which chart is looked at, what is along its axis, and how its curves are drawn. */
export function ChartTools({ single }: { readonly single: SingleChart }) {
  return (
    <div className={styles.bar0} data-screen="">
      <div className={styles.looks} role="group" aria-label={text.looks}>
        <button type="button" className={styles.quiet} onClick={() => setChartView({ single: null })}>
          {text.back}
        </button>
        <select
          value={single}
          aria-label={text.which}
          onChange={({ target }) => setChartView({ single: target.value as SingleChart })}
        >
          {SINGLE_CHARTS.map((one) => (
            <option key={one} value={one}>
              {text.single[one]}
            </option>
          ))}
        </select>
        {hasLines(single) && <LineTools />}
        <SaveAll />
      </div>
    </div>
  );
}

/** Axis, logarithms, smoothing, zoom. */
function LineTools() {
  const view = useChartView();
  const { smoothing, zoom } = view;
  const zoomed = zoom[0] > 0 || zoom[1] < 1;
  return (
    <>
      <AxisChoice />
      {(['logX', 'logY'] as const).map((which) => (
        <label key={which} className={styles.check}>
          <input
            type="checkbox"
            checked={view[which]}
            onChange={({ target }) => setChartView({ [which]: target.checked })}
          />
          {text[which]}
        </label>
      ))}
      <label className={styles.check}>
        {text.smoothing}
        <input
          type="range"
          min={0}
          max={0.95}
          step={0.05}
          value={smoothing}
          onChange={({ target }) => setChartView({ smoothing: Number(target.value) })}
        />
      </label>
      <div className={styles.zoom} title={text.zoomHint}>
        <span>{text.zoom}</span>
        <Slider.Root
          dir="ltr"
          className={styles.zoomSlider}
          min={0}
          max={1}
          step={0.01}
          minStepsBetweenThumbs={2}
          value={[...zoom]}
          onValueChange={([from, to]) => setChartView({ zoom: [from, to] })}
        >
          <Slider.Track className={styles.zoomTrack}>
            <Slider.Range className={styles.zoomRange} />
          </Slider.Track>
          {[text.zoomFrom, text.zoomTo].map((name, index) => (
            <Slider.Thumb
              key={name}
              className={styles.zoomThumb}
              aria-label={name}
              aria-valuetext={text.zoomValue(percent(zoom[index]))}
            />
          ))}
        </Slider.Root>
        {zoomed && (
          <button type="button" className={styles.quiet} onClick={() => setChartView({ zoom: WHOLE })}>
            {text.whole}
          </button>
        )}
      </div>
    </>
  );
}
