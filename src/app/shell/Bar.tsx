import { useLayoutEffect, useRef, type RefObject } from 'react';
import { late, Late } from '../late/Late.tsx';
import { pressable } from '../controls/hand-on.ts';
import { ShareButton } from '../share/ShareButton.tsx';
import { Stops } from '../present/Stops.tsx';
import { screenText } from '../text/screen.ts';
import { shellText as text } from '../text/shell.ts';
import { tourText } from '../text/tour.ts';
import { useTour } from '../tour/progress.ts';
import { useStartTour } from '../tour/useStartTour.ts';
import styles from './bar.module.css';
import { MoreMenu } from './MoreMenu.tsx';
import { openDialog, usePanes } from './panes.ts';
import { PlayControls } from './PlayControls.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { ThemeButton } from './ThemeButton.tsx';

const Search = late(async () => (await import('../search/Search.tsx')).Search);

/** Something else may have been opened by what was chosen. */
const closeSearch = () => {
  if (usePanes.getState().dialog === 'search') openDialog(null);
};

/** Name, play controls, time, and what is about the page as a whole. On a phone the play controls lie at the thumb. */
export function Bar() {
  const bar = useRef<HTMLElement>(null);
  useHeightAs('--bar', bar);
  const stop = usePanes(({ presenting }) => presenting);
  return (
    <header ref={bar} className={styles.bar}>
      <div className={styles.brand}>
        <img src="./favicon.svg" alt="" width={28} height={28} />
        <h1>{text.name}</h1>
      </div>
      <PlayControls />
      <div className={styles.end} data-screen="">
        <SearchButton />
        {!stop && (
          <>
            <TourButton />
            <ShareButton />
            <ThemeButton />
            <MoreMenu />
          </>
        )}
        <Shortcuts />
      </div>
      {stop && <Stops stop={stop} />}
    </header>
  );
}

function SearchButton() {
  const open = usePanes(({ dialog }) => dialog === 'search');
  return (
    <>
      <button
        type="button"
        className={`button ${styles.find}`}
        aria-label={screenText.search.name}
        aria-keyshortcuts="/ Control+K Meta+K"
        onClick={() => openDialog('search')}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M10.5 10.5 14 14" className={styles.stroked} />
        </svg>
        <span>{screenText.search.name}</span>
        <kbd>/</kbd>
      </button>
      {open && <Late part={Search} props={{ onClose: closeSearch }} what={text.searchBroke} />}
    </>
  );
}

/** Begins the tour, or goes on with it. */
function TourButton() {
  const open = useTour((state) => state.step !== null);
  const start = useStartTour();
  return (
    <button
      type="button"
      id="tour-button"
      className={`button ${styles.tour}`}
      {...pressable(open ? undefined : start)}
    >
      {tourText.button}
    </button>
  );
}

/** Tells the styles how tall an element is, for what must keep clear of it. */
function useHeightAs(property: string, element: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const root = document.documentElement;
    const observer = new ResizeObserver(([{ target }]) => {
      root.style.setProperty(property, `${target.getBoundingClientRect().height}px`);
    });
    observer.observe(element.current!);
    return () => {
      observer.disconnect();
      root.style.removeProperty(property);
    };
  }, [property, element]);
}
