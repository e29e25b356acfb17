import { lazy, Suspense, type MouseEvent, type ReactNode } from 'react';
import styles from './App.module.css';
import { DevicesPanel, NetworkPanel } from './network/NetworkPanel.tsx';
import { DataPanel } from './panels/DataPanel.tsx';
import { SettingsPanel } from './panels/SettingsPanel.tsx';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { Notices } from './shell/Notices.tsx';
import { Problems } from './shell/Problems.tsx';
import { Results } from './shell/Results.tsx';
import { TopBar } from './shell/TopBar.tsx';
import { shellText as text } from './text/shell.ts';

// Charts bring recharts along; the page is usable before they arrive.
const Charts = lazy(async () => ({ default: (await import('./charts/Charts.tsx')).Charts }));

const Lanes = lazy(async () => ({ default: (await import('./lanes/LanesPanel.tsx')).LanesPanel }));
const Costs = lazy(async () => ({ default: (await import('./costs/CostsPanel.tsx')).CostsPanel }));

/** Moves the focus only: what comes after '#' in the address is the experiment, and must stay. */
function skip(event: MouseEvent) {
  event.preventDefault();
  document.getElementById('curves')?.focus();
}

export function App() {
  return (
    <>
      <a className={styles.skip} href="#curves" onClick={skip}>
        {text.skip}
      </a>
      <TopBar />
      <Notices />
      <div className={styles.columns}>
        <main className={styles.main}>
          <Problems />
          <NetworkPanel />
          <Results />
          <section id="curves" tabIndex={-1}>
            <Later what={text.chartsBroke} loading={text.loadingCharts}>
              <Charts />
            </Later>
          </section>
          <Later what={text.lanesBroke} loading={text.loadingLanes}>
            <Lanes />
          </Later>
          <Later what={text.costsBroke} loading={text.loadingCosts}>
            <Costs />
          </Later>
          <DevicesPanel />
        </main>
        <aside className={styles.side} aria-label={text.settings}>
          <DataPanel />
          <SettingsPanel />
        </aside>
      </div>
    </>
  );
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
