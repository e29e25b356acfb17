import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Late } from '../late/Late.tsx';
import { enlarge, usePanes } from '../shell/panes.ts';
import { useOpenView } from '../shell/useView.ts';
import { screenText as text } from '../text/screen.ts';
import { VIEWS, type View, type ViewId } from '../view.ts';
import { PARTS } from './parts.ts';
import styles from './views.module.css';

/** What lies below the network: tabs, and the view that is open. Only what is seen is there. */
export function Views({ view }: { readonly view: View }) {
  const there = VIEWS.filter((one) => view.parts.has(one));
  const { open } = view;
  if (open === null) return null;
  const { part, broke, loading } = PARTS[open];
  return (
    <>
      {there.length > 1 && <Tabs there={there} open={open} enlargeable={view.parts.has('network')} />}
      <div
        id="view"
        className={styles.view}
        data-view={open}
        // It scrolls, and may hold nothing else that takes the focus.
        tabIndex={0}
        {...(there.length > 1
          ? { role: 'tabpanel', 'aria-labelledby': `tab-${open}` }
          : { role: 'region', 'aria-label': text.views[open] })}
      >
        <Late key={open} part={part} props={{}} what={broke()} loading={loading()} />
      </div>
    </>
  );
}

interface TabsProps {
  readonly there: readonly ViewId[];
  readonly open: ViewId;
  readonly enlargeable: boolean;
}

function Tabs({ there, open, enlargeable }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const openView = useOpenView();
  const enlarged = usePanes((state) => state.enlarged);
  /** On a phone tabs that do not fit lie in rows below, which are not seen until they are asked for. */
  const [unfolded, unfold] = useState(false);
  useLayoutEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`#tab-${open}`);
    if (list.current && tab) list.current.scrollTop = unfolded ? 0 : tab.offsetTop;
  }, [open, unfolded]);
  const go = (to: ViewId) => {
    openView(to);
    list.current?.querySelector<HTMLElement>(`#tab-${to}`)?.focus();
  };
  const press = (event: KeyboardEvent) => {
    const at = there.indexOf(open);
    const ahead = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
    const to = {
      ArrowRight: at + ahead,
      ArrowLeft: at - ahead,
      Home: 0,
      End: there.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(there[(to + there.length) % there.length]);
  };
  const name = enlarged ? text.shrink : text.enlarge;
  return (
    <div className={styles.bar} data-screen="" data-unfolded={unfolded ? '' : undefined}>
      <div
        ref={list}
        role="tablist"
        tabIndex={-1}
        aria-label={text.viewsLabel}
        className={styles.tabs}
        onKeyDown={press}
      >
        {there.map((one) => (
          <button
            key={one}
            type="button"
            id={`tab-${one}`}
            role="tab"
            aria-selected={one === open}
            aria-controls="view"
            tabIndex={one === open ? 0 : -1}
            onClick={() => {
              unfold(false);
              openView(one);
            }}
          >
            {text.views[one]}
          </button>
        ))}
      </div>
      <button
        type="button"
        className={styles.more}
        aria-expanded={unfolded}
        onClick={() => unfold(!unfolded)}
      >
        {unfolded ? text.fewer : text.more}
      </button>
      {enlargeable && (
        <button
          type="button"
          className={`button ${styles.enlarge}`}
          aria-pressed={enlarged}
          aria-label={name}
          title={name}
          onClick={() => enlarge(!enlarged)}
        >
          {/* Two arrows away from each other, or towards each other. */}
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path
              d={
                enlarged
                  ? 'M9 2v5h5M14.5 1.5 9 7M7 14V9H2M1.5 14.5 7 9'
                  : 'M9.5 2H14v4.5M14 2 9 7M6.5 14H2V9.5M2 14l5-5'
              }
            />
          </svg>
        </button>
      )}
    </div>
  );
}
