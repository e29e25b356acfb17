import { useEffect, useState } from 'react';
import { useSession } from '../store/context.tsx';
import { shellText as text } from '../text/shell.ts';
import { shareOfRun } from './progress.ts';

/** How far training is, in the tab's title: long runs are left alone. */
export function TabTitle() {
  const [own] = useState(() => document.title);
  const title = useSession((state) => {
    const { status } = state;
    if (status === 'finished' && !state.recording) return text.tabDone;
    if (status !== 'running') return null;
    return text.tabRunning(`${Math.floor(100 * shareOfRun(state))}%`);
  });
  useEffect(() => {
    document.title = title ?? own;
  }, [title, own]);
  return null;
}
