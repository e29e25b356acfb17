import { useId, type ReactNode } from 'react';
import { settingsText as text } from '../text/settings.ts';
import styles from './controls.module.css';

interface FieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  /** Gets the ids that tie the control to its label and its help. */
  readonly children: (ids: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
  }) => ReactNode;
  readonly error?: string | null;
}

/** A label, a control, and its help behind a question mark. */
export function Field({ label, help, error, children }: FieldProps) {
  const id = useId();
  const described = [help ? `${id}-help` : null, error ? `${id}-error` : null].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <div className={styles.label}>
        <label htmlFor={id}>{label}</label>
        {help && (
          <details className={styles.help}>
            <summary aria-label={text.help(label)}>?</summary>
            <p id={`${id}-help`}>{help}</p>
          </details>
        )}
      </div>
      {children({ id, 'aria-describedby': described || undefined })}
      {error && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
