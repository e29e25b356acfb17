import { useLayoutEffect, useRef, type RefObject } from 'react';
import { shellText as text } from '../text/shell.ts';
import { EngineBadge } from './EngineBadge.tsx';
import { GoTo } from './GoTo.tsx';
import { StrategyClocks } from './ModeClocks.tsx';
import { PlayControls } from './PlayControls.tsx';
import { ShareButton } from '../share/ShareButton.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import styles from './shell.module.css';
import { ThemeButton } from './ThemeButton.tsx';
import { TourButton } from './TourButton.tsx';

/** Name, play controls, clocks, engine, sharing. On a phone the play controls lie at the bottom. */
export function TopBar() {
  const bar = useRef<HTMLElement>(null);
  useHeightAs('--bar', bar);
  return (
    <header ref={bar} className={styles.top}>
      <div className={styles.brand}>
        <img src="./favicon.svg" alt="" width={28} height={28} />
        <h1>{text.name}</h1>
      </div>
      <PlayControls>
        <GoTo />
      </PlayControls>
      <StrategyClocks />
      <div className={styles.end} data-screen="">
        <EngineBadge />
        <ShareButton />
        <TourButton />
        <ThemeButton />
        <Shortcuts />
      </div>
    </header>
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
