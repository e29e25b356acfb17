import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { chartsText as text } from '../text/charts.ts';
import { Menu } from '../controls/Menu.tsx';
import { download } from '../download.ts';
import { fetchPart } from '../late/fetch-part.ts';
import styles from './charts.module.css';
import type { Picture } from './picture.ts';
import { fileOf, useSaveable, type Saveable } from './saveables.ts';
import { csvOf, jsonOf, shownCell, type Cell, type TableData } from './table.ts';

interface ChartCardProps extends Saveable {
  /** The picture in words, also shown. */
  readonly summary: string;
  readonly tools?: ReactNode;
  readonly legend?: ReactNode;
  /** Reads the drawing's values by keyboard. */
  readonly reader?: ReactNode;
  /** Whether it can be enlarged; not where it has all the room already. */
  readonly enlargeable?: boolean;
  readonly children: ReactNode;
}

/** A chart with its name, its numbers as a table, and downloads. */
export function ChartCard({
  name,
  summary,
  table,
  tools,
  legend,
  reader,
  curves,
  enlargeable = true,
  children,
}: ChartCardProps) {
  const lines = curves?.lines;
  useSaveable({ name, table, curves });
  const [problem, setProblem] = useState('');
  const [large, setLarge] = useState(false);
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const drawing = useRef<HTMLDivElement>(null);
  const card = useRef<HTMLElement>(null);
  const heading = useId();
  // An enlarged card takes another place in the grid: it is followed there.
  useEffect(() => {
    if (large) card.current?.scrollIntoView({ block: 'nearest' });
  }, [large]);
  const file = fileOf(name);

  async function savePicture(kind: 'svg' | 'png') {
    const svg = drawing.current?.querySelector('svg.recharts-surface');
    if (!svg || !lines) return;
    const { width, height } = svg.getBoundingClientRect();
    const picture: Picture = { name, lines, svg: svg.outerHTML, width, height };
    setProblem('');
    try {
      const { savePng, saveSvg } = await fetchPart(() => import('./save-picture.ts'));
      if (kind === 'svg') saveSvg(file, picture);
      else await savePng(file, picture);
    } catch (error) {
      setProblem(text.notSaved(error instanceof Error ? error.message : String(error)));
    }
  }

  return (
    <section ref={card} className={`${styles.card} ${large ? styles.large : ''}`} aria-labelledby={heading}>
      <header className={styles.head}>
        <h3 id={heading}>{name}</h3>
        <div className={styles.tools} data-screen="">
          <div role="group" aria-label={text.view(name)} className={styles.segments}>
            {(['chart', 'table'] as const).map((one) => (
              <button key={one} type="button" aria-pressed={view === one} onClick={() => setView(one)}>
                {text[one]}
              </button>
            ))}
          </div>
          {lines && enlargeable && (
            <button
              type="button"
              className={`${styles.quiet} ${styles.enlarge}`}
              aria-pressed={large}
              aria-label={text.enlarge(name)}
              title={text.enlarge(name)}
              onClick={() => setLarge(!large)}
            >
              {/* Two arrows away from each other, or towards each other. */}
              <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
                <path
                  d={
                    large
                      ? 'M9 2v5h5M14.5 1.5 9 7M7 14V9H2M1.5 14.5 7 9'
                      : 'M9.5 2H14v4.5M14 2 9 7M6.5 14H2V9.5M2 14l5-5'
                  }
                  fill="none"
                  stroke="currentColor"
                  strokeWidth="1.5"
                />
              </svg>
            </button>
          )}
          <Menu label={text.save} name={text.saveName(name)}>
            <button type="button" onClick={() => download(`${file}.csv`, csvOf(table()), 'text/csv')}>
              {text.csv}
            </button>
            <button
              type="button"
              onClick={() =>
                download(`${file}.json`, `${JSON.stringify(jsonOf(table()))}\n`, 'application/json')
              }
            >
              {text.json}
            </button>
            {lines && lines.length > 0 && view === 'chart' && (
              <>
                <button type="button" onClick={() => void savePicture('svg')}>
                  {text.svg}
                </button>
                <button type="button" onClick={() => void savePicture('png')}>
                  {text.png}
                </button>
              </>
            )}
          </Menu>
        </div>
      </header>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      {view === 'chart' ? (
        <>
          {legend}
          <figure className={styles.figure}>
            {/* The summary says what the drawing shows; the table has every number. */}
            <div ref={drawing} className={styles.drawing} role="img" aria-label={summary}>
              {children}
            </div>
            {reader}
            <figcaption>{summary}</figcaption>
          </figure>
        </>
      ) : (
        <DataTable caption={name} {...table()} />
      )}
      {tools}
    </section>
  );
}

interface DataTableProps extends TableData {
  readonly caption: string;
  /** A cell's text with what it says beside it; the text alone where there is none. */
  readonly show?: (text: string, row: number, column: number) => ReactNode;
}

/** Numbers in rows. The first column stays in sight where the others roll, and an edge shows that there are more. */
export function DataTable({ caption, head, rows, format, show = (shown) => shown }: DataTableProps) {
  const shown = (cell: Cell, column: number) => shownCell(cell, column, format);
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={text.tableRegion(caption)}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th key={column} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) =>
                column === 0 ? (
                  <th key={column} scope="row">
                    {shown(cell, column)}
                  </th>
                ) : (
                  <td key={column}>{show(shown(cell, column), index, column)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
