import { useEffect, useState } from 'react';
import { useActions } from '../store/context.tsx';
import { Note } from '../shell/Note.tsx';
import styles from '../shell/shell.module.css';
import { runsText as text } from '../text/runs.ts';
import { takeLeftDrafts, type Draft } from './draft.ts';
import { adopt, asKept } from './kept.ts';

/** Puts what earlier visits left behind among the kept runs. The newest of them, or null. */
const takeOver = (closing: boolean): Promise<Draft | null> =>
  takeLeftDrafts(({ recording, name }) => asKept(recording, text.interruptedName(name)), closing).then(
    async (left) => {
      await adopt(left.map(({ run }) => run));
      return left.at(-1)?.draft ?? null;
    },
    // A browser that keeps nothing has nothing left.
    () => null,
  );

/** Once a visit: what is left already, then what a tab leaves that was closed as this one opened. */
let looks: readonly Promise<Draft | null>[] | null = null;
function lookOnce(): readonly Promise<Draft | null>[] {
  if (!looks) {
    const now = takeOver(false);
    looks = [now, now.then(() => takeOver(true))];
  }
  return looks;
}

/** Says that a run was interrupted, by a closed tab or a crash, and that its curves are there. */
export function InterruptedNotice() {
  const [draft, setDraft] = useState<Draft | null>(null);
  const { open, show } = useActions();
  useEffect(() => {
    for (const look of lookOnce()) void look.then((left) => left && setDraft(left));
  }, []);
  const answer = (act: (draft: Draft) => void) => () => {
    if (draft) act(draft);
    setDraft(null);
  };
  return (
    <div role="status" className={styles.notices}>
      {draft && (
        <Note message={text.interrupted(draft.name)} onDismiss={answer(() => {})}>
          <button type="button" className="button" onClick={answer(({ recording }) => show(recording))}>
            {text.view}
          </button>
          <button
            type="button"
            className="button"
            onClick={answer(({ recording }) => open(recording.fragment))}
          >
            {text.restore}
          </button>
        </Note>
      )}
    </div>
  );
}
