/** Charts of studies, drawn by the page's own chart code in a document that exists only here. */
import { readFile } from 'node:fs/promises';
import { GlobalRegistrator } from '@happy-dom/global-registrator';
import { STRATEGIES, STRATEGY_IDS } from '../../src/experiment/strategies.ts';
import type { PlottedDot } from '../../src/app/charts/Scatter.tsx';
import { PLOT } from '../../src/app/charts/scatter.ts';
import type { Line } from '../../src/app/charts/series.ts';
import type { TradeOffPictures } from './trade-offs.ts';

const SIZE = { width: 760, height: 320 };

/** Colours of the light theme, by the name of their variable. */
async function colors(): Promise<ReadonlyMap<string, string>> {
  const css = await readFile(new URL('../../src/app/styles/tokens.css', import.meta.url), 'utf8');
  const light = css.slice(0, css.indexOf("data-theme='dark'"));
  return new Map([
    ...[...light.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})/gi)].map(([, name, value]) => [name, value] as const),
    ...STRATEGY_IDS.map((id) => [`--strategy-${id}`, STRATEGIES[id].line.light] as const),
  ]);
}

export interface ChartMaker {
  /** Lines of test accuracy over epochs, as an SVG document. */
  readonly lines: (name: string, lines: readonly Line[]) => Promise<string>;
  /** Dots of test accuracy over bytes, sent and held beside each other, as an SVG document. */
  readonly tradeOffs: (name: string, pictures: TradeOffPictures) => Promise<string>;
}

export async function chartMaker(): Promise<ChartMaker> {
  const palette = await colors();
  const plain = (color: string) => palette.get(color.slice('var('.length, -1)) ?? '#000000';
  GlobalRegistrator.register();
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  // React and recharts look for a document as they are loaded.
  const { act } = await import('react');
  const { createRoot } = await import('react-dom/client');
  const { Curves } = await import('../../src/app/charts/Curves.tsx');
  const { percent } = await import('../../src/app/format.ts');
  const { standalone } = await import('../../src/app/charts/picture.ts');
  const { Scatter } = await import('../../src/app/charts/Scatter.tsx');
  const { bytesOnAxis } = await import('../../src/app/format.ts');

  /** Markup of the first `<svg>` that this is drawn as. */
  const drawn = async (name: string, element: React.JSX.Element, found = 'svg'): Promise<string> => {
    const host = document.createElement('div');
    document.body.append(host);
    const root = createRoot(host);
    await act(async () => root.render(element));
    const svg = host.querySelector(found)?.outerHTML;
    await act(async () => root.unmount());
    host.remove();
    if (!svg) throw new Error(`The chart “${name}” came out empty.`);
    return svg;
  };

  return {
    lines: async (name, lines) => {
      const chart = <Curves lines={lines} axis="epochs" format={percent} size={SIZE} />;
      const svg = await drawn(name, chart, 'svg.recharts-surface');
      return standalone({ name, lines, svg, ...SIZE }, plain).svg;
    },
    tradeOffs: async (name, { sent, held, head, rows }) => {
      const half = { width: SIZE.width / 2, height: SIZE.height };
      const picture = (dots: readonly PlottedDot[], x: number, title: string) => (
        <g transform={`translate(${x} 0)`}>
          <text x={PLOT.left} y={36} fontSize={13} fill="var(--ink-2)">
            {title}
          </text>
          <g transform="translate(0 44)">
            <Scatter dots={dots} format={bytesOnAxis} {...half} />
          </g>
        </g>
      );
      const size = { width: SIZE.width, height: SIZE.height + 44 };
      const both = (
        <svg {...size}>
          {picture(sent, 0, head.sent)}
          {picture(held, half.width, head.held)}
          <text x={0} y={12} fontSize={13} fill="var(--ink-2)">
            {`● ${rows.full}   ${rows.hollow && `○ ${rows.hollow}`}`.trim()}
          </text>
        </svg>
      );
      return standalone({ name, lines: [], svg: await drawn(name, both), ...size }, plain).svg;
    },
  };
}
