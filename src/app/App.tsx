import { useMemo, type MouseEvent } from 'react';
import styles from './App.module.css';
import { DevicesPanel, NetworkPanel } from './stage/NetworkPanel.tsx';
import { DataPanel } from './settings/DataPanel.tsx';
import { SettingsPanel } from './settings/SettingsPanel.tsx';
import { late, Late } from './late/Late.tsx';
import { InterruptedNotice } from './kept/InterruptedNotice.tsx';
import { RecordingBanner } from './kept/RecordingBanner.tsx';
import { useSession } from './store/context.tsx';
import { EmbedBar } from './shell/EmbedBar.tsx';
import { Notices } from './shell/Notices.tsx';
import { Problems } from './shell/Problems.tsx';
import { Results } from './shell/Results.tsx';
import { TabTitle } from './shell/TabTitle.tsx';
import { TopBar } from './shell/TopBar.tsx';
import { UpdateNotice } from './shell/UpdateNotice.tsx';
import { shellText as text } from './text/shell.ts';
import { useTour } from './tour/progress.ts';
import { TourInvite } from './tour/TourInvite.tsx';
import tourStyles from './tour/tour.module.css';
import { readView, type Part, type View } from './view.ts';

// Charts bring recharts along; the page is usable before they arrive.
const Charts = late(async () => (await import('./views/curves/Charts.tsx')).Charts);

const Lanes = late(async () => (await import('./views/devices/LanesPanel.tsx')).LanesPanel);
const Tour = late(async () => (await import('./tour/Tour.tsx')).Tour);
const Inside = late(async () => (await import('./views/inside/InsidePanel.tsx')).InsidePanel);
const Try = late(async () => (await import('./views/try/TryPanel.tsx')).TryPanel);
const Runs = late(async () => (await import('./views/runs/RunsPanel.tsx')).RunsPanel);
const About = late(async () => (await import('./views/how/About.tsx')).About);
const Costs = late(async () => (await import('./views/costs/CostsPanel.tsx')).CostsPanel);

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
              <Late part={Charts} props={{}} what={text.chartsBroke} loading={text.loadingCharts} />
            </section>
          )}
          {has('inside') && (
            <Late part={Inside} props={{}} what={text.insideBroke} loading={text.loadingInside} />
          )}
          {has('try') && <Late part={Try} props={{}} what={text.tryBroke} loading={text.loadingTry} />}
          {has('lanes') && (
            <div className={styles.far}>
              <Late part={Lanes} props={{}} what={text.lanesBroke} loading={text.loadingLanes} />
            </div>
          )}
          {has('costs') && (
            <div className={styles.far}>
              <Late part={Costs} props={{}} what={text.costsBroke} loading={text.loadingCosts} />
            </div>
          )}
          {has('runs') && <Late part={Runs} props={{}} what={text.runsBroke} loading={text.loadingRuns} />}
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
      {!embedded && <Late part={About} props={{}} what={text.aboutBroke} />}
      {touring && <Late part={Tour} props={{}} what={text.tourBroke} place={tourStyles.card} />}
    </>
  );
}

/** What the link asks to see. */
function useView(): View {
  const text = useSession(({ fragment }) => /(?:^|&)view=([^&]*)/.exec(fragment)?.[1]);
  return useMemo(() => readView(text === undefined ? undefined : decodeURIComponent(text)), [text]);
}
