/** Finished runs on disk, so that an interrupted study goes on where it stopped. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunResult } from './run.ts';

export interface KeptRuns {
  find(key: string): Promise<RunResult | null>;
  keep(key: string, run: RunResult): Promise<void>;
}

/** What makes two runs the same: settings, seed and all; the data; the engine. */
export function runKey(
  fragment: string,
  data: { name: string; train: number; test: number },
  engine: string,
): string {
  const text = JSON.stringify([fragment, data.name, data.train, data.test, engine]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

export function keptRuns(folder: string | null): KeptRuns {
  if (folder === null) return { find: async () => null, keep: async () => {} };
  const place = (key: string) => join(folder, `${key}.json`);
  return {
    async find(key) {
      const text = await readFile(place(key), 'utf8').catch(() => null);
      if (text === null) return null;
      try {
        return JSON.parse(text, revive) as RunResult;
      } catch {
        // A file cut short by a crash is no run.
        return null;
      }
    },
    async keep(key, run) {
      await mkdir(folder, { recursive: true });
      const draft = `${place(key)}.${process.pid}.draft`;
      await writeFile(draft, JSON.stringify(run, replace));
      await rename(draft, place(key));
    },
  };
}

/** JSON knows no NaN; a partition's turn without steps has a loss of NaN. */
const replace = (_: string, value: unknown) =>
  typeof value === 'number' && Number.isNaN(value) ? { nan: true } : value;
const revive = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && 'nan' in value ? NaN : value;
