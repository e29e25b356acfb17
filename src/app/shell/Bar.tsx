import { useLayoutEffect, useRef, type RefObject } from 'react';
import { ShareButton } from '../share/ShareButton.tsx';
import { shellText as text } from '../text/shell.ts';
import { tourText } from '../text/tour.ts';
import { useTour } from '../tour/progress.ts';
import { useStartTour } from '../tour/useStartTour.ts';
import styles from './bar.module.css';
import { MoreMenu } from './MoreMenu.tsx';
import { PlayControls } from './PlayControls.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { ThemeButton } from './ThemeButton.tsx';

/** Name, play controls, time, and what is about the page as a whole. On a phone the play controls lie at the thumb. */
export function Bar() {
  const bar = useRef<HTMLElement>(null);
  useHeightAs('--bar', bar);
  return (
    <header ref={bar} className={styles.bar}>
      <div className={styles.brand}>
        <img src="./favicon.svg" alt="" width={28} height={28} />
        <h1>{text.name}</h1>
      </div>
      <PlayControls />
      <div className={styles.end} data-screen="">
        <TourButton />
        <ShareButton />
        <ThemeButton />
        <MoreMenu />
        <Shortcuts />
      </div>
    </header>
  );
}

/** Begins the tour, or goes on with it. */
function TourButton() {
  const open = useTour((state) => state.step !== null);
  const start = useStartTour();
  return (
    <button type="button" className={`button ${styles.tour}`} disabled={open} onClick={start}>
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
