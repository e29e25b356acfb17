import { useState } from 'react';
import { useSession } from '../store/context.tsx';
import { shellText as text } from '../text/shell.ts';
import { AboutMachine } from './AboutMachine.tsx';
import styles from './shell.module.css';

/** Which engine trains; a click says why, and what is known of the machine. */
export function EngineBadge() {
  const { chosen, why } = useSession((state) => state.engine);
  const [open, setOpen] = useState(false);
  const name = chosen
    ? [...new Set(chosen)].map((id) => text.engineNames[id]).join(' + ')
    : why
      ? text.engineNone
      : text.engineSearching;
  return (
    <>
      <button type="button" className="button" popoverTarget="engine">
        {text.engine(name)}
      </button>
      <div
        id="engine"
        popover="auto"
        className={styles.sheet}
        role="dialog"
        aria-label={text.machine.heading}
        onToggle={({ newState }) => setOpen(newState === 'open')}
      >
        <h2>{text.machine.heading}</h2>
        <p>{why || text.engineSearching}</p>
        {open && <AboutMachine />}
      </div>
    </>
  );
}
