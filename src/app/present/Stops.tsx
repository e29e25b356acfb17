import { useEffect, useRef } from 'react';
import { focusOf, keysWanted } from '../shell/keys.ts';
import { present, STOPS, type Stop } from '../shell/panes.ts';
import { presentText as text } from '../text/present.ts';
import styles from './present.module.css';

/** In the bar while it is presented: each stop by its number, and the way out. Arrow keys and numbers go on. */
export function Stops({ stop }: { readonly stop: Stop }) {
  const list = useRef<HTMLElement>(null);
  // The focus goes with it, but from what someone has gone to.
  useEffect(() => {
    const { activeElement } = document;
    if (
      activeElement === document.body ||
      list.current!.contains(activeElement) ||
      !activeElement?.isConnected
    )
      list.current!.querySelector<HTMLElement>('[aria-current]')?.focus();
  }, [stop]);
  useEffect(() => {
    document.documentElement.dataset['presenting'] = '';
    return () => {
      delete document.documentElement.dataset['presenting'];
    };
  }, []);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (document.querySelector('dialog[open], :popover-open')) return;
      // A cut and a field have these keys to themselves.
      const focus = focusOf(event.target);
      if (focus !== 'page' && focus !== 'control') return;
      const to = STOPS[wanted(event.key, STOPS.indexOf(stop))];
      if (to === undefined) return;
      event.preventDefault();
      present(to);
    };
    // Before the page's own keys: numbers open views there.
    addEventListener('keydown', press, true);
    return () => removeEventListener('keydown', press, true);
  }, [stop]);
  return (
    <nav ref={list} className={styles.stops} aria-label={text.stops}>
      {STOPS.map((one, index) => (
        <button
          key={one}
          type="button"
          aria-current={one === stop ? 'step' : undefined}
          aria-label={text.stop(index + 1, text.lines[one])}
          onClick={() => present(one)}
        >
          {index + 1}
        </button>
      ))}
      <button type="button" aria-label={text.leave} title={text.leave} onClick={() => present(null)}>
        ×
      </button>
    </nav>
  );
}

/** The index that a key asks for; none where it asks for nothing. Presenters' remotes turn pages. */
function wanted(key: string, at: number): number {
  const ahead = document.documentElement.dir === 'rtl' ? -1 : 1;
  const by = { ArrowRight: ahead, ArrowLeft: -ahead, PageDown: 1, PageUp: -1 }[key];
  if (by !== undefined) return Math.max(0, Math.min(STOPS.length - 1, at + by));
  return keysWanted() && /^[1-9]$/.test(key) ? Number(key) - 1 : -1;
}
