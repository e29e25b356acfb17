/** Comma-separated values as RFC 4180 has them: CRLF, quotes doubled, cells quoted where they must be. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) => {
    const text = String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Saves text as a file of the person's. */
export function download(name: string, text: string, type = 'text/csv'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // The click has already taken the content; revoking in the next task keeps older browsers happy.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
