import { useState } from 'react';
import { fetchPart } from '../late/fetch-part.ts';
import { useActions } from '../session/context.tsx';

/** Shows a recording from a file in place of the run at hand; `problem` is a sentence where it is none. */
export function useOpenRun(): {
  readonly open: (file: File) => Promise<void>;
  readonly problem: string | null;
} {
  const { show } = useActions();
  const [problem, setProblem] = useState<string | null>(null);
  const open = async (file: File) => {
    try {
      const { fromFile } = await fetchPart(() => import('../../session/recording/codec.ts'));
      show(fromFile(file.name, await file.text()));
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return { open, problem };
}
