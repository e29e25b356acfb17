import { useState } from 'react';
import { download } from '../download.ts';
import { fetchPart } from '../late/fetch-part.ts';
import { useActions } from '../store/context.tsx';
import { runsText as text } from '../text/runs.ts';
import { keepOpened, type KeptRun } from './kept.ts';

/** What came of the last file: a sentence of what is kept now, sentences of what is wrong. */
interface Outcome {
  readonly said: string | null;
  readonly problems: readonly string[];
}

interface RunFiles extends Outcome {
  /** Shows a recording in place of the run at hand; several runs in a file are put among the kept ones. */
  readonly open: (file: File) => Promise<void>;
  readonly save: (run: KeptRun) => Promise<void>;
  readonly saveAll: (runs: readonly KeptRun[]) => Promise<void>;
}

const NOTHING: Outcome = { said: null, problems: [] };

/** More than a person would read are counted. */
const MOST_PROBLEMS = 5;

function summedUp(problems: readonly string[]): readonly string[] {
  if (problems.length <= MOST_PROBLEMS) return problems;
  const shown = problems.slice(0, MOST_PROBLEMS - 1);
  return [...shown, text.moreProblems(problems.length - shown.length)];
}

const files = () => fetchPart(() => import('../../session/recording/file.ts'));

/** Runs from files and into files. */
export function useRunFiles(): RunFiles {
  const { show } = useActions();
  const [outcome, setOutcome] = useState(NOTHING);
  const attempt = async (work: () => Promise<Outcome | void>) => {
    try {
      setOutcome((await work()) ?? NOTHING);
    } catch (error) {
      setOutcome({ said: null, problems: [error instanceof Error ? error.message : String(error)] });
    }
  };
  return {
    ...outcome,
    open: (file) =>
      attempt(async () => {
        const { checkSize, fromFile } = await files();
        checkSize(file);
        const opened = fromFile(file.name, await file.text());
        if (opened.kind === 'run') return show(opened.recording);
        const { runs, refused } = opened;
        const fresh = await keepOpened(runs);
        return { said: text.opened(file.name, fresh, runs.length - fresh), problems: summedUp(refused) };
      }),
    save: ({ recording }) =>
      attempt(async () => {
        const name = `piecewise-run-${recording.date.slice(0, 10)}.json`;
        download(name, (await files()).toFile(recording), 'application/json');
      }),
    saveAll: (runs) =>
      attempt(async () =>
        download('piecewise-runs.json', (await files()).toRunsFile(runs), 'application/json'),
      ),
  };
}
