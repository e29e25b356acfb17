import { setChartView, useChartView } from '../../charts/view.ts';
import { Overview } from './Overview.tsx';
import { SingleChart } from './SingleChart.tsx';

/** The run in curves: what matters most at first, and each chart alone with its tools. */
export function Charts() {
  const single = useChartView((view) => view.single);
  return single ? (
    <SingleChart single={single} />
  ) : (
    <Overview onMore={() => setChartView({ single: 'accuracy' })} />
  );
}
