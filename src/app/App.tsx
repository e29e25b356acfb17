import { lazy, Suspense, type MouseEvent } from 'react';
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
            <ErrorBoundary what={text.chartsBroke}>
              <Suspense fallback={<p className={styles.loading}>{text.loadingCharts}</p>}>
                <Charts />
              </Suspense>
            </ErrorBoundary>
          </section>
          <ErrorBoundary what={text.costsBroke}>
            <Suspense fallback={<p className={styles.loading}>{text.loadingCosts}</p>}>
              <Costs />
            </Suspense>
          </ErrorBoundary>
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
