/**
 * How the curves are looked at, in the link: `chart=of.loss~x.flops~smooth.0.6~log.y~zoom.0.2-0.8~hide.sil`. Only signs that a
 * link shows as they are.
 */
import { STRATEGY_IDS } from '../../experiment/strategies.ts';
import type { Session } from '../../session/session.ts';
import { decode } from '../../experiment/link.ts';
import { AXES } from './series.ts';
import { DEFAULT_VIEW, SINGLE_CHARTS, useChartView, WHOLE, type ChartView } from './view.ts';

const round = (value: number): number => Math.round(1000 * value) / 1000;

/** Undefined where everything is as it is at first. Kept runs stay out: other browsers have others. */
export function writeChartView({
  single,
  axis,
  logX,
  logY,
  smoothing,
  zoom,
  hidden,
}: ChartView): string | undefined {
  const lines = STRATEGY_IDS.filter((id) => hidden.includes(id));
  const parts = [
    single !== null && `of.${single}`,
    axis !== DEFAULT_VIEW.axis && `x.${axis}`,
    smoothing > 0 && `smooth.${round(smoothing)}`,
    (logX || logY) && `log.${logX ? 'x' : ''}${logY ? 'y' : ''}`,
    (zoom[0] > 0 || zoom[1] < 1) && `zoom.${zoom.map(round).join('-')}`,
    lines.length > 0 && `hide.${lines.join('-')}`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join('~') : undefined;
}

/** Any text gives a view: what cannot be read is as it is at first. */
export function readChartView(text = ''): ChartView {
  const said = new Map<string, string | undefined>(
    text.split('~').map((part) => {
      const [key, ...value] = part.split('.');
      return [key, value.join('.')];
    }),
  );
  const number = (value: string | undefined, most: number) => {
    const read = Number(value);
    return value && read >= 0 && read <= most ? read : null;
  };
  const axis = AXES.find((one) => one === said.get('x')) ?? DEFAULT_VIEW.axis;
  const [from, to] = (said.get('zoom') ?? '').split('-').map((part) => number(part, 1));
  const zoomed = typeof from === 'number' && typeof to === 'number' && to - from >= 0.01;
  const hide = said.get('hide')?.split('-') ?? [];
  return {
    single: SINGLE_CHARTS.find((one) => one === said.get('of')) ?? null,
    axis,
    smoothing: number(said.get('smooth'), 0.95) ?? 0,
    logX: said.get('log')?.includes('x') ?? false,
    logY: said.get('log')?.includes('y') ?? false,
    zoom: zoomed ? [from, to] : WHOLE,
    hidden: STRATEGY_IDS.filter((id) => hide.includes(id)),
  };
}

/** Keeps link and charts alike: a link brings its view, and what is changed on the page goes into the link. */
export function linkChartView(session: Session): void {
  const read = (hash: string) => {
    const { chart } = decode(hash).extras;
    if (chart !== writeChartView(useChartView.getState())) useChartView.setState(readChartView(chart));
  };
  read(location.hash);
  // As it was pasted: by now the session may have written an address of its own.
  window.addEventListener('hashchange', ({ newURL }) => read(new URL(newURL).hash));
  useChartView.subscribe((view) => session.actions.setExtra('chart', writeChartView(view)));
}
