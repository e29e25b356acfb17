import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useOpenView } from '../shell/useView.ts';
import { useTheSession } from '../store/context.tsx';
import { scrollTo } from '../scroll.ts';
import { tourText as text } from '../text/tour.ts';
import { actFor, giveBack } from './before.ts';
import { Outcome, Question } from './Prediction.tsx';
import { closeTour, goTo, useTour } from './progress.ts';
import { STEPS } from './steps.ts';
import styles from './tour.module.css';

/** One step at a time, beside what it speaks of. The page stays usable throughout. */
export function Tour() {
  const step = useTour((state) => state.step);
  return step === null ? null : <Step key={step} step={step} />;
}

function Step({ step }: { readonly step: number }) {
  const session = useTheSession();
  const card = useRef<HTMLElement>(null);
  const [linked, setLinked] = useState<'copied' | 'address' | null>(null);
  const { id, target, opens, asks, tells } = STEPS[step];
  const openView = useEffectEvent(useOpenView());
  const { title, body } = text.steps[id];
  const last = step === STEPS.length - 1;

  useEffect(() => {
    card.current?.focus({ preventScroll: true });
    if (opens) openView(opens);
    let framed: Element | null = null;
    const frame = () => {
      const element = document.getElementById(target);
      if (!element) return false;
      scrollTo(element);
      framed = element.closest('section') ?? element;
      framed.classList.add(styles.framed);
      return true;
    };
    // A view that was just opened comes when it has been fetched.
    const awaited = new MutationObserver(() => {
      if (frame()) awaited.disconnect();
    });
    if (!frame()) awaited.observe(document.body, { childList: true, subtree: true });
    return () => {
      awaited.disconnect();
      framed?.classList.remove(styles.framed);
    };
  }, [target, opens]);

  const next = () => {
    if (last) return close();
    goTo(step + 1);
    actFor(session, STEPS[step + 1].act);
  };
  const close = () => {
    closeTour();
    giveBack(session);
  };
  const copy = () => {
    const link = `${location.origin}${location.pathname}#${session.store.getState().fragment}&tour=${step + 1}`;
    navigator.clipboard.writeText(link).then(
      () => setLinked('copied'),
      // Where the browser forbids copying, the address bar can still be copied from.
      () => {
        history.replaceState(null, '', link);
        setLinked('address');
      },
    );
  };

  return (
    <aside
      id="tour"
      ref={card}
      className={styles.card}
      tabIndex={-1}
      aria-labelledby="tour-title"
      aria-describedby="tour-body"
    >
      <p className={styles.progress}>{text.progress(step + 1, STEPS.length)}</p>
      <button type="button" className={styles.close} aria-label={text.close} onClick={close}>
        ×
      </button>
      <h2 id="tour-title">{title}</h2>
      <p id="tour-body">{body}</p>
      {asks && <Question />}
      {tells && <Outcome />}
      <div className={styles.row}>
        <button type="button" className="button" disabled={step === 0} onClick={() => goTo(step - 1)}>
          {text.back}
        </button>
        <button type="button" className="link" onClick={copy}>
          {linked === null ? text.link : text.linked[linked]}
        </button>
        <button type="button" className="button primary" onClick={next}>
          {last ? text.done : text.next}
        </button>
      </div>
    </aside>
  );
}
