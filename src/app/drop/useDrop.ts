import { useEffect, useEffectEvent, useState } from 'react';
import { useRunFiles } from '../kept/useRunFiles.ts';
import { useActions } from '../store/context.tsx';
import { dropText as text } from '../text/drop.ts';
import { droppedIn, insideOf } from './folders.ts';
import { kindsOf } from './kinds.ts';

interface Dropping {
  /** Whether files are held over the page. */
  readonly over: boolean;
  /** What came of runs that were dropped. */
  readonly said: string | null;
  readonly problems: readonly string[];
  readonly dismiss: () => void;
}

const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;

/** Takes files wherever they are dropped, and keeps the browser from opening them in the page's place. */
export function useDrop(): Dropping {
  const { dropFiles, loadWeights } = useActions();
  const { open, said, problems: ofRuns, dismiss } = useRunFiles();
  const [over, setOver] = useState(false);
  const [tooMany, setTooMany] = useState<string | null>(null);
  const take = useEffectEvent((files: readonly File[]) => {
    const { runs, weights, data } = kindsOf(files);
    const [first, ...others] = weights;
    if (runs.length > 0) void open(runs);
    if (first) loadWeights(first);
    setTooMany(others.length > 0 ? text.oneOfWeights(first.name, others.length) : null);
    if (data.length > 0) dropFiles(data);
  });
  useEffect(() => {
    // Enter and leave come for every element on the way: only the last leave is the page's.
    let depth = 0;
    const listening = new AbortController();
    const on = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) =>
      window.addEventListener(
        type,
        (event) => {
          if (holdsFiles(event)) act(event);
        },
        { signal: listening.signal },
      );
    const show = (now: number) => setOver((depth = Math.max(0, now)) > 0);
    on('dragenter', (event) => {
      event.preventDefault();
      show(depth + 1);
    });
    on('dragover', (event) => event.preventDefault());
    on('dragleave', () => show(depth - 1));
    on('drop', (event) => {
      event.preventDefault();
      show(0);
      if (!event.dataTransfer) return;
      const { files, folders } = droppedIn(event.dataTransfer);
      if (folders.length === 0) take(files);
      else void insideOf(folders).then((inside) => take([...files, ...inside]));
    });
    return () => listening.abort();
  }, []);
  return {
    over,
    said,
    problems: tooMany === null ? ofRuns : [...ofRuns, tooMany],
    dismiss: () => {
      setTooMany(null);
      dismiss();
    },
  };
}
