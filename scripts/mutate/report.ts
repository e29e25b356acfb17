/** What a round of changes came to, as a table by folder and a list of those that no test noticed. */

import type { MutantResult } from '@stryker-mutator/api/core';

/** How a change ended; `NoCoverage`: no test runs its line at all. Others, such as one that was not drawn, do not count. */
export interface Outcome {
  readonly fileName: string;
  readonly line: number;
  readonly status: string;
  readonly mutator: string;
  readonly replacement: string;
}

export const outcomeOf = (result: MutantResult): Outcome => ({
  fileName: result.fileName.slice(result.fileName.replaceAll('\\', '/').lastIndexOf('/src/') + 1),
  line: result.location.start.line,
  status: result.status,
  mutator: result.mutatorName,
  replacement: result.replacement,
});

interface Count {
  noticed: number;
  missed: number;
  uncovered: number;
}

const NOTICED = new Set(['Killed', 'Timeout', 'RuntimeError']);
const missed = ({ status }: Outcome) => status === 'Survived' || status === 'NoCoverage';
const folderOf = (fileName: string) => /src\/([^/]+)/.exec(fileName)?.[1] ?? fileName;

/** Markdown: one row a folder, one for all, with the share noticed of those tried. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const counts = new Map<string, Count>();
  const all: Count = { noticed: 0, missed: 0, uncovered: 0 };
  for (const outcome of outcomes) {
    const folder = folderOf(outcome.fileName);
    const own = counts.get(folder) ?? { noticed: 0, missed: 0, uncovered: 0 };
    counts.set(folder, own);
    for (const count of [own, all]) {
      if (NOTICED.has(outcome.status)) count.noticed++;
      if (missed(outcome)) count.missed++;
      if (outcome.status === 'NoCoverage') count.uncovered++;
    }
  }
  const row = (name: string, { noticed, missed, uncovered }: Count) => {
    const tried = noticed + missed;
    return `| ${name} | ${tried} | ${noticed} | ${missed} | ${uncovered} | ${tried ? `${Math.round((100 * noticed) / tried)}%` : '–'} |`;
  };
  return [
    '| folder | tried | noticed | missed | of these on lines no test runs | score |',
    '| --- | --: | --: | --: | --: | --: |',
    ...[...counts].sort(([a], [b]) => a.localeCompare(b)).map(([folder, count]) => row(folder, count)),
    row('**all**', all),
  ].join('\n');
}

/** One line for each change that no test noticed. */
export function survivorsOf(outcomes: readonly Outcome[]): string {
  return outcomes
    .filter(missed)
    .map(({ fileName, line, mutator, replacement, status }) => {
      const change = replacement.replaceAll(/\s+/g, ' ').slice(0, 100);
      return `${fileName}:${line} ${mutator}${status === 'NoCoverage' ? ', no test runs it' : ''}: ${change}`;
    })
    .join('\n');
}
