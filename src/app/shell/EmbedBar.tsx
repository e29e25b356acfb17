import { decode, encode } from '../../experiment/link.ts';
import { useSession } from '../store/context.tsx';
import { shareText } from '../text/share.ts';
import { shellText as text } from '../text/shell.ts';
import styles from './bar.module.css';
import { PlayControls } from './PlayControls.tsx';

/** The bar of a page within a page: its name leads to the whole playground. */
export function EmbedBar({ controls }: { readonly controls: boolean }) {
  const fragment = useSession((state) => state.fragment);
  const { experiment, extras } = decode(fragment);
  const { view: _, ...rest } = extras;
  return (
    <header className={styles.bar}>
      <a
        className={styles.brand}
        href={`${location.pathname}#${encode(experiment, rest)}`}
        target="_blank"
        rel="noreferrer"
        title={shareText.openFull}
      >
        <img src="./favicon.svg" alt="" width={22} height={22} />
        <h1>{text.name}</h1>
        <span aria-hidden="true">↗</span>
      </a>
      {controls && <PlayControls />}
    </header>
  );
}
