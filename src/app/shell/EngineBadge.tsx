import { useSession } from '../session/context.tsx';
import { shellText as text } from '../text/shell.ts';
import styles from './shell.module.css';

/** Which engine trains; a click says why, and on what. */
export function EngineBadge() {
  const { chosen, why, abouts } = useSession((state) => state.engine);
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
      <div id="engine" popover="auto" className={styles.sheet} role="dialog" aria-label={text.engineHeading}>
        <h2>{text.engineHeading}</h2>
        <p>{why || text.engineSearching}</p>
        {abouts.map((about) => (
          <section key={about.name}>
            <p>
              <strong>{about.name}</strong>
            </p>
            <dl>
              {Object.entries(about.details).map(([key, value]) => (
                <div key={key}>
                  <dt>{key}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        {abouts.length === 0 && chosen && <p className={styles.faint}>{text.engineLater}</p>}
      </div>
    </>
  );
}
