import { lazy, Suspense, useMemo, type MouseEvent, type ReactNode } from 'react';
import styles from './App.module.css';
import { DevicesPanel, NetworkPanel } from './network/NetworkPanel.tsx';
import { DataPanel } from './panels/DataPanel.tsx';
import { SettingsPanel } from './panels/SettingsPanel.tsx';
import { InterruptedNotice } from './runs/InterruptedNotice.tsx';
import { RecordingBanner } from './runs/RecordingBanner.tsx';
import { useSession } from './session/context.tsx';
import { EmbedBar } from './shell/EmbedBar.tsx';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { Notices } from './shell/Notices.tsx';
import { Problems } from './shell/Problems.tsx';
import { Results } from './shell/Results.tsx';
import { TabTitle } from './shell/TabTitle.tsx';
import { TopBar } from './shell/TopBar.tsx';
import { UpdateNotice } from './shell/UpdateNotice.tsx';
import { shellText as text } from './text/shell.ts';
import { useTour } from './tour/progress.ts';
import { TourInvite } from './tour/TourInvite.tsx';
import { readView, type Part, type View } from './view.ts';

// Charts bring recharts along; the page is usable before they arrive.
const Charts = lazy(async () => ({ default: (await import('./charts/Charts.tsx')).Charts }));

const Lanes = lazy(async () => ({ default: (await import('./lanes/LanesPanel.tsx')).LanesPanel }));
const Tour = lazy(async () => ({ default: (await import('./tour/Tour.tsx')).Tour }));
const Inside = lazy(async () => ({ default: (await import('./inside/InsidePanel.tsx')).InsidePanel }));
const Try = lazy(async () => ({ default: (await import('./try/TryPanel.tsx')).TryPanel }));
const Runs = lazy(async () => ({ default: (await import('./runs/RunsPanel.tsx')).RunsPanel }));
const About = lazy(async () => ({ default: (await import('./about/About.tsx')).About }));
const Costs = lazy(async () => ({ default: (await import('./costs/CostsPanel.tsx')).CostsPanel }));

/** Moves the focus only: what comes after '#' in the address is the experiment, and must stay. */
function skip(event: MouseEvent) {
  event.preventDefault();
  document.getElementById('curves')?.focus();
}

export function App() {
  const { embedded, parts } = useView();
  const touring = useTour(({ step }) => step !== null);
  const has = (part: Part) => parts.has(part);
  return (
    <>
      <a className={styles.skip} href="#curves" onClick={skip}>
        {text.skip}
      </a>
      {embedded ? <EmbedBar controls={has('controls')} /> : <TopBar />}
      <TabTitle />
      <UpdateNotice />
      <Notices />
      {!embedded && <InterruptedNotice />}
      {!embedded && <TourInvite />}
      <div className={`${styles.columns} ${has('settings') ? '' : styles.single}`}>
        <main className={styles.main}>
          <RecordingBanner />
          <Problems />
          {has('network') && <NetworkPanel />}
          <Results />
          {has('curves') && (
            <section id="curves" tabIndex={-1}>
              <Later what={text.chartsBroke} loading={text.loadingCharts}>
                <Charts />
              </Later>
            </section>
          )}
          {has('inside') && (
            <Later what={text.insideBroke} loading={text.loadingInside}>
              <Inside />
            </Later>
          )}
          {has('try') && (
            <Later what={text.tryBroke} loading={text.loadingTry}>
              <Try />
            </Later>
          )}
          {has('lanes') && (
            <div className={styles.far}>
              <Later what={text.lanesBroke} loading={text.loadingLanes}>
                <Lanes />
              </Later>
            </div>
          )}
          {has('costs') && (
            <div className={styles.far}>
              <Later what={text.costsBroke} loading={text.loadingCosts}>
                <Costs />
              </Later>
            </div>
          )}
          {has('runs') && (
            <Later what={text.runsBroke} loading={text.loadingRuns}>
              <Runs />
            </Later>
          )}
          {!embedded && (
            <div className={styles.far}>
              <DevicesPanel />
            </div>
          )}
        </main>
        {has('settings') && (
          <aside data-screen="" className={styles.side} aria-label={text.settings}>
            <DataPanel />
            <SettingsPanel />
          </aside>
        )}
      </div>
      {!embedded && (
        <Later what={text.aboutBroke} loading="">
          <About />
        </Later>
      )}
      {touring && (
        <Suspense>
          <Tour />
        </Suspense>
      )}
    </>
  );
}

/** What the link asks to see. */
function useView(): View {
  const text = useSession(({ fragment }) => /(?:^|&)view=([^&]*)/.exec(fragment)?.[1]);
  return useMemo(() => readView(text === undefined ? undefined : decodeURIComponent(text)), [text]);
}

/** A part that arrives after the page, and whose failure stays its own. */
function Later({
  what,
  loading,
  children,
}: {
  readonly what: string;
  readonly loading: string;
  readonly children: ReactNode;
}) {
  return (
    <ErrorBoundary what={what}>
      <Suspense fallback={<p className={styles.loading}>{loading}</p>}>{children}</Suspense>
    </ErrorBoundary>
  );
}
