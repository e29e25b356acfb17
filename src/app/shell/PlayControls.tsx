import type { ReactNode } from 'react';
import { isGoing } from '../../session/state.ts';
import { useActions, useSession } from '../store/context.tsx';
import { shellText as text } from '../text/shell.ts';
import styles from './shell.module.css';

/** Starts and stops training. On a phone it lies at the bottom of the screen, with what else is put into it. */
export function PlayControls({ children }: { readonly children?: ReactNode }) {
  const status = useSession((state) => state.status);
  const experiment = useSession((state) => state.experiment);
  const epochs = useSession(({ strategies }) =>
    Math.max(0, ...Object.values(strategies).map((strategy) => strategy.epochs)),
  );
  const { play, pause, step, reset } = useActions();
  const running = isGoing(status);
  return (
    <div id="controls" className={styles.play} role="group" aria-label={text.controls}>
      <button type="button" className={`button primary ${styles.big}`} onClick={running ? pause : play}>
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path d={running ? 'M3 2h4v12H3zM9 2h4v12H9z' : 'M3 1.5v13l11-6.5z'} fill="currentColor" />
        </svg>
        {running ? text.pause : text.train}
      </button>
      <button type="button" className="button" onClick={step} disabled={running}>
        {text.step}
      </button>
      <button type="button" className="button" onClick={reset}>
        {text.reset}
      </button>
      {children}
      <span className={styles.epoch} title={text.epochHelp(experiment.recovery)}>
        {text.epoch(epochs.toFixed(1), experiment.epochs, experiment.recovery)}
      </span>
    </div>
  );
}
