/** Saves something as a file of the person's. */
export function download(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // The click has already taken the content; revoking in the next task keeps older browsers happy.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
