import { AXES, type Axis } from '../../charts/series.ts';
import { setChartView, useChartView } from '../../charts/view.ts';
import { chartsText as text } from '../../text/charts.ts';

/** What lies along the axis of every curve. */
export function AxisChoice() {
  const axis = useChartView((view) => view.axis);
  return (
    <select
      value={axis}
      aria-label={text.axis.label}
      onChange={({ target }) => setChartView({ axis: target.value as Axis })}
    >
      {AXES.map((one) => (
        <option key={one} value={one}>
          {text.axis[one]}
        </option>
      ))}
    </select>
  );
}
