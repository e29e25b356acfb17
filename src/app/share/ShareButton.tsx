import { useState } from 'react';
import { late, Late } from '../late/Late.tsx';
import shell from '../shell/shell.module.css';
import { shareText as text } from '../text/share.ts';
import { shellText } from '../text/shell.ts';
import styles from './share.module.css';

// Packing a run brings a compressor along, which nobody needs before there is something to share.
const ShareSheet = late(async () => (await import('./ShareSheet.tsx')).ShareSheet);

/** Links to the settings, to the run itself, and into other pages. */
export function ShareButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" id="share-button" className="button" popoverTarget="share">
        {text.share}
      </button>
      <div
        id="share"
        popover="auto"
        className={`${shell.sheet} ${styles.sheet}`}
        role="dialog"
        aria-label={text.heading}
        onToggle={({ newState }) => setOpen(newState === 'open')}
      >
        {open && <Late part={ShareSheet} props={{}} what={shellText.shareBroke} />}
      </div>
    </>
  );
}
