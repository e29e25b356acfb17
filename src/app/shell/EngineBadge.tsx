import { useSession } from '../session/context.tsx';
import { shellText as text } from '../text/shell.ts';
import styles from './shell.module.css';

/** Which engine trains; a click says why, and on what. */
export function EngineBadge() {
  const { chosen, why, about } = useSession((state) => state.engine);
  const name = chosen ? text.engineNames[chosen] : why ? text.engineNone : text.engineSearching;
  return (
    <details className={styles.engine}>
      <summary className="button">{text.engine(name)}</summary>
      <div className={styles.popover}>
        <h2>{text.engineHeading}</h2>
        <p>{why}</p>
        {about && (
          <dl>
            {[['', about.name] as const, ...Object.entries(about.details)].map(([key, value]) => (
              <div key={key}>
                <dt>{key}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </details>
  );
}
