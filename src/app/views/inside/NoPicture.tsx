import { useSession } from '../../store/context.tsx';
import { percent, significant } from '../../format.ts';
import { insideText as text } from '../../text/inside.ts';
import styles from './inside.module.css';

interface NoPictureProps {
  readonly cut: number;
  /** Why there is none. */
  readonly why: string;
  /** Whether it is on its way; while nobody looks, nobody has asked. */
  readonly busy?: boolean;
}

/** In the place of a picture of a cut, and as large as it will be with what is said of it: nothing moves when it comes. */
export function NoPicture({ cut, why, busy = false }: NoPictureProps) {
  const labels = useSession((state) => Boolean(state.labels[cut]?.values));
  return (
    <>
      <figure className={styles.scatter}>
        <p className={styles.empty} aria-busy={busy}>
          {why}
        </p>
        <figcaption className={styles.unknown} aria-hidden="true">
          <span>{text.picture(cut, SHOWN, significant(0.123))}</span>
          <label>
            {text.closer}
            <select disabled>
              <option>{text.allClasses}</option>
            </select>
          </label>
        </figcaption>
      </figure>
      {labels && (
        <>
          <p className={`${styles.note} ${styles.unknown}`} aria-hidden="true">
            {text.sizes(percent(0.888), percent(0.888))}
          </p>
          <details className={`${styles.more} ${styles.unknown}`} aria-hidden="true">
            <summary>{text.sizesByClass}</summary>
          </details>
        </>
      )}
    </>
  );
}

/** Test characters in a picture. */
export const SHOWN = 400;
