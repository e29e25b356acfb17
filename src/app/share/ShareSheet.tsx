import { useMemo, useState } from 'react';
import { decode, encode } from '../../experiment/link.ts';
import { toFile } from '../../session/recording/file.ts';
import { addressOf, LINK_BUDGET, toLink } from '../../session/recording/link.ts';
import { record } from '../../session/recording/recording.ts';
import { download } from '../download.ts';
import { bytes } from '../format.ts';
import { useSession } from '../store/context.tsx';
import { useStrategies } from '../store/strategies.ts';
import { shareText as text } from '../text/share.ts';
import { EMBEDDED, PARTS, writeView, type Part } from '../view.ts';
import styles from './share.module.css';

/** Everything one can send: settings, the run, a frame. */
export function ShareSheet() {
  const fragment = useSession((state) => state.fragment);
  const strategies = useStrategies();
  const facts = useSession((state) => state.run);
  const [said, setSaid] = useState<string | null>(null);
  const [byHand, setByHand] = useState<string | null>(null);
  const [parts, setParts] = useState<readonly Part[]>(EMBEDDED);
  const [withRun, setWithRun] = useState(true);
  const [opened] = useState(() => new Date());
  const recorded = useSession((state) => state.recording);

  const [settings, shown] = useMemo(() => {
    const { experiment, extras } = decode(fragment);
    const { chart, sweep } = extras;
    // Who opens it sees the curves as they are seen here, and what is swept.
    const view = { ...(chart === undefined ? {} : { chart }), ...(sweep === undefined ? {} : { sweep }) };
    return [experiment, view] as const;
  }, [fragment]);
  const recording = useMemo(
    () => record({ strategies, run: facts, recording: recorded, experiment: settings }, opened),
    [strategies, facts, recorded, settings, opened],
  );
  const run = useMemo(() => recording && toLink(recording), [recording]);
  const page = `${location.origin}${location.pathname}${location.search}`;
  const link = `${page}#${encode(settings, shown)}`;
  const runLink = recording && run ? `${page}#${addressOf(recording, run, shown)}` : null;
  const framed = `${withRun && runLink ? runLink : link}&view=${writeView(parts)}`;
  const snippet =
    `<iframe src="${framed.replaceAll('&', '&amp;')}" title="${text.frame}" width="100%" height="640" ` +
    `style="border: 0" allow="clipboard-write; cross-origin-isolated"></iframe>`;

  const copy = async (what: string, done: string) => {
    try {
      await navigator.clipboard.writeText(what);
      setByHand(null);
      setSaid(done);
    } catch {
      setSaid(text.byHand);
      setByHand(what);
    }
  };

  return (
    <>
      <h2>{text.heading}</h2>
      <section>
        <h3>{text.settings}</h3>
        <p>{text.settingsNote}</p>
        <button type="button" className="button primary" onClick={() => void copy(link, text.copiedLink)}>
          {text.copySettings}
        </button>
      </section>
      <section>
        <h3>{text.run}</h3>
        {recording ? (
          <>
            <p>{runLink ? text.runNote(bytes(run?.length ?? LINK_BUDGET)) : text.runLong}</p>
            <div className={styles.row}>
              {runLink && (
                <button type="button" className="button" onClick={() => void copy(runLink, text.copiedRun)}>
                  {text.copyRun}
                </button>
              )}
              <button
                type="button"
                className="button"
                onClick={() => download('piecewise-run.json', toFile(recording), 'application/json')}
              >
                {text.saveRun}
              </button>
            </div>
          </>
        ) : (
          <p>{text.runNone}</p>
        )}
      </section>
      <section>
        <h3>{text.embed}</h3>
        <p>{text.embedNote}</p>
        <fieldset className={styles.parts}>
          <legend>{text.parts}</legend>
          {PARTS.map((part) => (
            <label key={part}>
              <input
                type="checkbox"
                checked={parts.includes(part)}
                onChange={({ target }) =>
                  setParts(PARTS.filter((one) => (one === part ? target.checked : parts.includes(one))))
                }
              />
              {text.part[part]}
            </label>
          ))}
          {runLink && (
            <label>
              <input
                type="checkbox"
                checked={withRun}
                onChange={({ target }) => setWithRun(target.checked)}
              />
              {text.withRun}
            </label>
          )}
        </fieldset>
        <button type="button" className="button" onClick={() => void copy(snippet, text.copied)}>
          {text.copyEmbed}
        </button>
      </section>
      <div role="status">
        {said && <p className={styles.said}>{said}</p>}
        {byHand && (
          <textarea
            readOnly
            rows={3}
            aria-label={text.byHand}
            value={byHand}
            onFocus={({ target }) => target.select()}
          />
        )}
      </div>
    </>
  );
}
