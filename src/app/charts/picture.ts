/** A chart as a file of its own: its drawing with a name, a legend and plain colours. */
import type { Line } from './series.ts';

export interface Picture {
  readonly name: string;
  readonly lines: readonly Pick<Line, 'label' | 'color' | 'dash' | 'secondary'>[];
  /** Markup of the chart's `<svg>` element. */
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const PAD = 16;
const TITLE = 26;
const ROW = 20;
const MARK = 30;
/** About half of the font size: labels are set without being measured. */
const LETTER = 6.6;

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/**
 * An SVG document that stands alone.
 *
 * @param plain Turns a CSS colour of the page, such as `var(--ink)`, into one that any program knows.
 */
export function standalone(
  { name, lines, svg, width, height }: Picture,
  plain: (color: string) => string,
): { readonly svg: string; readonly width: number; readonly height: number } {
  const legend: string[] = [];
  let x = 0;
  let row = 0;
  for (const { label, color, dash, secondary } of lines) {
    const length = MARK + label.length * LETTER + 18;
    if (x > 0 && x + length > width) {
      x = 0;
      row++;
    }
    const y = PAD + TITLE + row * ROW;
    legend.push(
      `<line x1="${PAD + x}" x2="${PAD + x + 24}" y1="${y}" y2="${y}" stroke="${plain(color)}" ` +
        `stroke-width="${secondary ? 1.25 : 2.25}" stroke-dasharray="${dash}"/>` +
        `<text x="${PAD + x + MARK}" y="${y + 4}" font-size="12" fill="${plain('var(--ink-2)')}">${escape(label)}</text>`,
    );
    x += length;
  }
  const top = PAD + TITLE + (lines.length > 0 ? (row + 1) * ROW : 0);
  const size = { width: width + 2 * PAD, height: top + height + PAD };
  // Colours stand in attributes and styles; nothing else in a chart looks like this.
  const colors = /color-mix\((?:[^()]|\([^()]*\))*\)|var\(--[\w-]+\)/g;
  const chart = svg
    .replace(/^<svg[^>]*>/, `<svg x="${PAD}" y="${top}" width="${width}" height="${height}">`)
    .replace(colors, plain);
  return {
    ...size,
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" ` +
      `viewBox="0 0 ${size.width} ${size.height}" font-family="system-ui, sans-serif">` +
      `<title>${escape(name)}</title>` +
      `<rect width="100%" height="100%" fill="${plain('var(--surface)')}"/>` +
      `<text x="${PAD}" y="${PAD + 8}" font-size="15" font-weight="600" fill="${plain('var(--ink)')}">${escape(name)}</text>` +
      `${legend.join('')}${chart}</svg>\n`,
  };
}
