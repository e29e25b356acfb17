import { DropAnywhere } from '../drop/DropAnywhere.tsx';
import { InterruptedNotice } from '../kept/InterruptedNotice.tsx';
import { Notices } from './Notices.tsx';
import styles from './shell.module.css';
import { UpdateNotice } from './UpdateNotice.tsx';

/** What there is to say lies over the ledger: it covers, and never moves anything. */
export function Toasts({ embedded }: { readonly embedded: boolean }) {
  return (
    <div className={styles.toasts} data-screen="">
      <UpdateNotice />
      <Notices />
      {!embedded && <DropAnywhere />}
      {!embedded && <InterruptedNotice />}
    </div>
  );
}
