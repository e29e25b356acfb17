import { useId, useState, type ReactNode } from 'react';
import { chartsText as text } from '../text/charts.ts';
import styles from './charts.module.css';
import { csv } from '../../export/csv.ts';
import { download } from '../download.ts';

export interface TableData {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

interface ChartCardProps {
  readonly name: string;
  /** The picture in words, also shown. */
  readonly summary: string;
  readonly table: TableData;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** A chart with its name, its numbers as a table, and a download. */
export function ChartCard({ name, summary, table, tools, children }: ChartCardProps) {
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const heading = useId();
  const file = `piecewise-${name.toLowerCase().replaceAll(' ', '-')}.csv`;
  return (
    <section className={styles.card} aria-labelledby={heading}>
      <header className={styles.head}>
        <h3 id={heading}>{name}</h3>
        <div className={styles.tools}>
          <div role="group" aria-label={text.view(name)} className={styles.segments}>
            {(['chart', 'table'] as const).map((one) => (
              <button key={one} type="button" aria-pressed={view === one} onClick={() => setView(one)}>
                {text[one]}
              </button>
            ))}
          </div>
          <button
            type="button"
            className={styles.quiet}
            aria-label={text.csvName(name)}
            onClick={() => download(file, csv([table.head, ...table.rows]), 'text/csv')}
          >
            {text.csv}
          </button>
        </div>
      </header>
      {tools}
      {view === 'chart' ? (
        <figure className={styles.figure}>
          {/* The summary says what the drawing shows; the table has every number. */}
          <div className={styles.drawing} role="img" aria-label={summary}>
            {children}
          </div>
          <figcaption>{summary}</figcaption>
        </figure>
      ) : (
        <DataTable caption={name} {...table} />
      )}
    </section>
  );
}

export function DataTable({ caption, head, rows }: TableData & { readonly caption: string }) {
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={text.tableRegion(caption)}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
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
                    {cell}
                  </th>
                ) : (
                  <td key={column}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
