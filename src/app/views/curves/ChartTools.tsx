import * as Slider from '@radix-ui/react-slider';
import { percent } from '../../format.ts';
import { chartsText as text } from '../../text/charts.ts';
import styles from '../../charts/charts.module.css';
import { SaveAll } from './SaveAll.tsx';
import { AXES, type Axis } from '../../charts/series.ts';
import { setChartView, useChartView, WHOLE } from '../../charts/view.ts';

/** What is along the axis, and how curves are drawn: for all charts at once. */
export function ChartTools() {
  const { axis, logX, logY, smoothing, zoom } = useChartView();
  const zoomed = zoom[0] > 0 || zoom[1] < 1;
  return (
    <div className={styles.bar0}>
      <h2>{text.heading}</h2>
      <div className={styles.looks} data-screen="" role="group" aria-label={text.looks}>
        <label className={styles.check}>
          {text.axis.label}
          <select value={axis} onChange={({ target }) => setChartView({ axis: target.value as Axis })}>
            {AXES.map((one) => (
              <option key={one} value={one}>
                {text.axis[one]}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={logX}
            onChange={({ target }) => setChartView({ logX: target.checked })}
          />
          {text.logX}
        </label>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={logY}
            onChange={({ target }) => setChartView({ logY: target.checked })}
          />
          {text.logY}
        </label>
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
        <SaveAll />
      </div>
    </div>
  );
}
