/** All charts as files, out of the page. */
import { zipSync } from 'fflate';
import { createRoot } from 'react-dom/client';
import { plainColor } from '../../canvas/plain-color.ts';
import { download } from '../../download.ts';
import { chartsText as text } from '../../text/charts.ts';
import { Curves, type CurvesProps } from '../../charts/Curves.tsx';
import { standalone, type Picture } from '../../charts/picture.ts';
import { pngOf } from '../../charts/save-picture.ts';
import { fileOf, saveables } from '../../charts/saveables.ts';
import { csvOf, jsonOf } from '../../charts/table.ts';

export type Kind = 'csv' | 'json' | 'svg' | 'png';

/** Pixels of each picture's drawing: the same for all, whatever they are like on the page. */
const SIZE = { width: 760, height: 320 };

/** Animation frames that a drawing may take before it counts as empty. */
const PATIENCE = 300;

/** One archive of files, or for JSON one file with all numbers. */
export async function saveAll(kind: Kind): Promise<void> {
  const charts = saveables();
  if (kind === 'json') {
    const tables = Object.fromEntries(charts.map(({ name, table }) => [name, jsonOf(table())]));
    return download('piecewise-charts.json', `${JSON.stringify(tables)}\n`, 'application/json');
  }
  const files: Record<string, Uint8Array> = {};
  for (const { name, table, curves } of charts) {
    if (kind === 'csv') {
      files[`${fileOf(name)}.csv`] = utf8(csvOf(table()));
    } else if (curves && curves.lines.length > 0) {
      const picture = await draw(name, curves);
      files[`${fileOf(name)}.${kind}`] =
        kind === 'svg' ? utf8(standalone(picture, plainColor).svg) : await pngOf(picture);
    }
  }
  download(`piecewise-charts-${kind}.zip`, zipSync(files) as Uint8Array<ArrayBuffer>, 'application/zip');
}

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Draws a chart once more, off the screen: on it, it may be shown as a table, or not be drawn at all. */
async function draw(name: string, curves: CurvesProps): Promise<Picture> {
  const host = document.createElement('div');
  host.style.cssText = `position: fixed; inset-inline-start: -200vw; inline-size: ${SIZE.width}px`;
  host.inert = true;
  document.body.append(host);
  const root = createRoot(host);
  try {
    root.render(<Curves {...curves} size={SIZE} />);
    for (let frame = 0; frame < PATIENCE; frame++) {
      await new Promise(requestAnimationFrame);
      const svg = host.querySelector('svg.recharts-surface');
      if (svg?.querySelector('.recharts-line-curve, .recharts-line-dot, .recharts-line-dots'))
        return { name, lines: curves.lines, svg: svg.outerHTML, ...SIZE };
    }
    throw new Error(text.cameOutEmpty(name));
  } finally {
    root.unmount();
    host.remove();
  }
}
