/**
 * Comma-separated values as RFC 4180 has them: CRLF, quotes doubled, cells quoted where they must be; null and NaN are empty. A text
 * that a spreadsheet would calculate gets an apostrophe in front; numbers, also those written as text, stay numbers.
 */
export function csv(rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null) => {
    const text = typeof value === 'string' ? harmless(value) : Number.isNaN(value) ? '' : String(value ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Signs that begin a formula, in Latin and in East Asian width, and the white space that hides one. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

const harmless = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);
