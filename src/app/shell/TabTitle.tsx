import { useEffect, useState } from 'react';
import { useSession } from '../store/context.tsx';
import { shellText as text } from '../text/shell.ts';
import { shareDone } from './progress.ts';

/** How far training is, in the tab's title: long runs are left alone. */
export function TabTitle() {
  const [own] = useState(() => document.title);
  const title = useSession((state) => {
    const { status, experiment } = state;
    if (status === 'finished' && !state.recording) return text.tabDone;
    if (status !== 'running') return null;
    const sum = experiment.strategies.reduce((all, id) => all + shareDone(state, id), 0);
    return text.tabRunning(`${Math.floor((100 * sum) / experiment.strategies.length)}%`);
  });
  useEffect(() => {
    document.title = title ?? own;
  }, [title, own]);
  return null;
}
