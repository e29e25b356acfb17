import { lazy, Suspense, useState } from 'react';
import shell from '../shell/shell.module.css';
import { shareText as text } from '../text/share.ts';
import styles from './share.module.css';

// Packing a run brings a compressor along, which nobody needs before there is something to share.
const ShareSheet = lazy(async () => ({ default: (await import('./ShareSheet.tsx')).ShareSheet }));

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
        {open && (
          <Suspense>
            <ShareSheet />
          </Suspense>
        )}
      </div>
    </>
  );
}
