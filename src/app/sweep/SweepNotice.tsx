import { useState } from 'react';
import { useOpenView, useView } from '../shell/useView.ts';
import { Note } from '../shell/Note.tsx';
import styles from '../shell/shell.module.css';
import { sweepText as text } from '../text/sweep.ts';
import { useSweepSaid } from './status.ts';

/** Says that a sweep waits for the training at hand, and that one has ended, to who looks at something else. */
export function SweepNotice() {
  const { waits, ended } = useSweepSaid();
  const [read, setRead] = useState(false);
  const { open } = useView();
  const openView = useOpenView();
  if (!waits && read) setRead(false);
  const done = ended !== null && open !== 'runs' ? ended : null;
  const dismiss = () => {
    if (waits) setRead(true);
    else useSweepSaid.setState({ ended: null });
  };
  const said = waits
    ? read
      ? null
      : text.waitsNotice
    : done && (done.failed === null ? text.endedNotice(done.runs) : text.failedNotice(done.failed));
  return (
    <div role="status" className={styles.notices}>
      {said && (
        <Note message={said} onDismiss={dismiss}>
          {open !== 'runs' && (
            <button
              type="button"
              className="button"
              onClick={() => {
                dismiss();
                openView('runs');
              }}
            >
              {text.see}
            </button>
          )}
        </Note>
      )}
    </div>
  );
}
