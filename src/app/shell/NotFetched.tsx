import { shellText as text } from '../text/shell.ts';
import styles from './shell.module.css';

interface NotFetchedProps {
  readonly error: Error;
  /** What is not there, as a sentence. */
  readonly what: string;
  readonly onAgain: () => void;
  readonly place: string | undefined;
}

/** In the place of a part that could not be fetched; everything else goes on. */
export function NotFetched({ error, what, onAgain, place }: NotFetchedProps) {
  return (
    <div className={place ?? styles.missing} role="alert" data-screen="">
      <p>
        {what} {error.message}
      </p>
      <button type="button" className="button" onClick={onAgain}>
        {text.tryAgain}
      </button>
    </div>
  );
}
