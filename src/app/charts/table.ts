/** A chart's numbers: as a person reads them on the page, and as programs read them in files. */
import { csv } from '../../export/csv.ts';

export type Cell = string | number | null;

export interface TableData {
  readonly head: readonly string[];
  /** Of each column's numbers, for files; '' or none where a number has no unit or the heading has it. */
  readonly units?: readonly string[];
  /** Numbers in full; null where there is none. */
  readonly rows: readonly (readonly Cell[])[];
  /** A number as the page shows it, with its unit. */
  readonly format?: (value: number, column: number) => string;
}

/** `Conventional (bytes)`. */
const headings = ({ head, units = [] }: TableData): string[] =>
  head.map((name, column) => (units[column] ? `${name} (${units[column]})` : name));

export const csvOf = (table: TableData): string => csv([headings(table), ...table.rows]);

/** What a JSON file holds: plain headings with units, and rows of numbers. */
export const jsonOf = (table: TableData): { readonly head: string[]; readonly rows: TableData['rows'] } => ({
  head: headings(table),
  rows: table.rows,
});

/** A cell as the page shows it. */
export function shownCell(cell: Cell, column: number, format: TableData['format'] = String): string {
  if (typeof cell === 'number') return format(cell, column);
  return cell ?? '';
}
