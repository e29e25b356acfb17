import { useState } from 'react';
import type { SessionState } from '../../session/state.ts';
import { useSession } from '../store/context.tsx';
import { workOf, type Work } from './work.ts';

/** Who is at work now. The same object until that changes: losses and steps come many times a second. */
export function useWork(partitions: number): Work | null {
  const [select] = useState(() => {
    let kept: Work | null = null;
    let key = 'null';
    return (count: number) => (state: SessionState) => {
      const found = workOf(state, count);
      const now = JSON.stringify(found);
      if (now !== key) [kept, key] = [found, now];
      return kept;
    };
  });
  return useSession(select(partitions));
}
