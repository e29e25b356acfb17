/** The progress of a whole set from the progress of its files. */

export interface FileSize {
  readonly name: string;
  readonly bytes: number;
}

export type SetProgress = (file: string, loaded: number, total: number) => void;

/** Returns what a file's progress is told to; `report` hears of the sum over all files, in bytes. */
export function sumProgress(files: readonly FileSize[], report: SetProgress | undefined): SetProgress {
  const totals = new Map(files.map(({ name, bytes }) => [name, bytes]));
  const done = new Map<string, number>();
  const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
  return (file, loaded, total) => {
    done.set(file, loaded);
    totals.set(file, total);
    report?.(file, sum(done.values()), sum(totals.values()));
  };
}
