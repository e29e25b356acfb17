import { useEffect } from 'react';
import { moment } from '../format.ts';
import { loadKept, useKept, type KeptRun } from '../kept/kept.ts';
import { useActions, useSession } from '../store/context.tsx';
import { screenText } from '../text/screen.ts';
import styles from './ledger.module.css';

const text = screenText.ledger;

/** The newest run that this browser keeps, where the page shows none of the visitor's own: after a reload, say. */
export function useLastRun(): KeptRun | null {
  const nothing = useSession(({ status, recording }) => status === 'idle' || recording !== null);
  const shown = useSession((state) => state.recording?.date);
  const newest = useKept(({ runs }) => runs[0]);
  useEffect(() => {
    if (nothing) void loadKept();
  }, [nothing]);
  return nothing && newest && newest.recording.date !== shown ? newest : null;
}

/** Shows it again in one press. */
export function LastRun({ run }: { readonly run: KeptRun }) {
  const { show } = useActions();
  return (
    <p className={styles.next} data-screen="">
      <button
        type="button"
        className="link"
        title={text.lastRunOf(run.name, moment(run.recording.date))}
        onClick={() => show(run.recording)}
      >
        {text.lastRun}
      </button>
    </p>
  );
}
