import { DropAnywhere } from '../drop/DropAnywhere.tsx';
import { useRef } from 'react';
import { handOn, mainPlace } from '../controls/hand-on.ts';
import { InterruptedNotice } from '../kept/InterruptedNotice.tsx';
import { SweepNotice } from '../sweep/SweepNotice.tsx';
import { DataNotice } from './DataNotice.tsx';
import { Notices } from './Notices.tsx';
import styles from './shell.module.css';
import { UpdateNotice } from './UpdateNotice.tsx';

/** What there is to say lies over the ledger: it covers, and never moves anything. */
export function Toasts({ embedded }: { readonly embedded: boolean }) {
  /** Where the focus was before it came into the messages. */
  const before = useRef<HTMLElement>(null);
  return (
    // What is pressed in a message takes the message away.
    <div
      className={styles.toasts}
      data-screen=""
      role="presentation"
      onFocus={({ relatedTarget, currentTarget }) => {
        if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget))
          before.current = relatedTarget;
      }}
      onClick={({ currentTarget }) =>
        handOn(
          () => currentTarget.querySelector('button'),
          () => before.current,
          mainPlace,
        )
      }
    >
      <UpdateNotice />
      <Notices />
      <DataNotice settings={!embedded} />
      {!embedded && <DropAnywhere />}
      {!embedded && <InterruptedNotice />}
      {!embedded && <SweepNotice />}
    </div>
  );
}
