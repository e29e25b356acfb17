import { useSession } from '../store/context.tsx';
import { shellText as text } from '../text/shell.ts';
import styles from './shell.module.css';

/** What keeps the whole experiment from running. What concerns one strategy stands with its results. */
export function Problems() {
  const { chosen, why } = useSession((state) => state.engine);
  const problems = chosen === null && why ? [text.noEngine(why)] : [];
  if (problems.length === 0) return null;
  return (
    <div className={styles.results}>
      {problems.map((problem) => (
        <p key={problem} role="alert" className={styles.bad}>
          {problem}
        </p>
      ))}
    </div>
  );
}
