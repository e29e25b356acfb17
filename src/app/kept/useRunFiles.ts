import { useState } from 'react';
import { decode } from '../../experiment/link.ts';
import type { NamedRun } from '../../session/recording/file.ts';
import type { Recording } from '../../session/recording/recording.ts';
import { download } from '../download.ts';
import { fetchPart } from '../late/fetch-part.ts';
import { useActions } from '../store/context.tsx';
import { runsText as text } from '../text/runs.ts';
import { keepOpened, newId, type KeptRun } from './kept.ts';
import { nameOf } from './name.ts';

/** What came of the last file: a sentence of what is kept now, sentences of what is wrong. */
interface Outcome {
  readonly said: string | null;
  readonly problems: readonly string[];
}

interface RunFiles extends Outcome {
  /** Shows a recording in place of the run at hand; several runs are put among the kept ones. */
  readonly open: (files: readonly File[]) => Promise<void>;
  readonly dismiss: () => void;
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

const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Puts a file's runs among the kept ones. */
async function kept(file: string, runs: readonly NamedRun[], refused: readonly string[]): Promise<Outcome> {
  const fresh = await keepOpened(runs);
  return { said: text.opened(file, fresh, runs.length - fresh), problems: summedUp(refused) };
}

const runOf = (recording: Recording): NamedRun => ({
  id: newId(),
  name: nameOf(decode(recording.fragment).experiment),
  pinned: false,
  recording,
});

const files = () => fetchPart(() => import('../../session/recording/file.ts'));

/** Runs from files and into files. */
export function useRunFiles(): RunFiles {
  const { show } = useActions();
  const [outcome, setOutcome] = useState(NOTHING);
  const attempt = async (work: () => Promise<Outcome | void>) => {
    try {
      setOutcome((await work()) ?? NOTHING);
    } catch (error) {
      setOutcome({ said: null, problems: [sentence(error)] });
    }
  };
  return {
    ...outcome,
    dismiss: () => setOutcome(NOTHING),
    open: (given) =>
      attempt(async () => {
        const { fromFile, checkSize } = await files();
        const read = async (file: File) => {
          checkSize(file);
          return fromFile(file.name, await file.text());
        };
        if (given.length === 1) {
          const opened = await read(given[0]);
          if (opened.kind === 'run') return show(opened.recording);
          return kept(given[0].name, opened.runs, opened.refused);
        }
        const outcomes = await Promise.all(
          given.map(async (file): Promise<Outcome> => {
            try {
              const opened = await read(file);
              return opened.kind === 'run'
                ? await kept(file.name, [runOf(opened.recording)], [])
                : await kept(file.name, opened.runs, opened.refused);
            } catch (error) {
              return { said: null, problems: [sentence(error)] };
            }
          }),
        );
        return {
          said: outcomes.flatMap(({ said }) => said ?? []).join(' ') || null,
          problems: summedUp(outcomes.flatMap(({ problems }) => problems)),
        };
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
