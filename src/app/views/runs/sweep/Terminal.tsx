import { useState } from 'react';
import { commandOf, type Ask } from '../../../../session/study/ask.ts';
import { useSession } from '../../../store/context.tsx';
import { sweepText as text } from '../../../text/sweep.ts';
import styles from './sweep.module.css';

/** The command that finds the same numbers in a terminal. */
export function Terminal({ ask }: { readonly ask: Ask }) {
  const experiment = useSession((state) => state.experiment);
  const chosen = useSession(({ engine }) => engine.chosen?.[0] ?? null);
  const [copied, setCopied] = useState(false);
  // What is automatic here may be another one there.
  const engine = experiment.engine.includes('auto') ? chosen : null;
  const command = commandOf(experiment, ask, engine);
  return (
    <details className={styles.terminal} onToggle={() => setCopied(false)}>
      <summary>{text.terminal}</summary>
      <code>{command}</code>
      <p>
        {text.terminalNote}{' '}
        <button
          type="button"
          className="button"
          onClick={() =>
            // Where it is refused, the command stands above.
            void navigator.clipboard.writeText(command).then(
              () => setCopied(true),
              () => {},
            )
          }
        >
          {text.copy}
        </button>{' '}
        <span role="status">{copied && text.copied}</span>
      </p>
    </details>
  );
}
