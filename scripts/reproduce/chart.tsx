/** Charts of studies, drawn by the page's own chart code in a document that exists only here. */
import { readFile } from 'node:fs/promises';
import { GlobalRegistrator } from '@happy-dom/global-registrator';
import { STRATEGIES, STRATEGY_IDS } from '../../src/experiment/strategies.ts';
import type { Line } from '../../src/app/charts/series.ts';

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

/** Draws lines of test accuracy over epochs; an SVG document per call. */
export async function chartMaker(): Promise<(name: string, lines: readonly Line[]) => Promise<string>> {
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
  return async (name, lines) => {
    const host = document.createElement('div');
    document.body.append(host);
    const root = createRoot(host);
    await act(async () =>
      root.render(<Curves lines={lines} axis="epochs" format={percent} fromZero size={SIZE} />),
    );
    const svg = host.querySelector('svg.recharts-surface')?.outerHTML;
    await act(async () => root.unmount());
    host.remove();
    if (!svg) throw new Error(`The chart “${name}” came out empty.`);
    return standalone({ name, lines, svg, ...SIZE }, plain).svg;
  };
}
