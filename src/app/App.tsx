import type { MouseEvent } from 'react';
import { Late, late } from './late/Late.tsx';
import { Ledger } from './ledger/Ledger.tsx';
import { Line } from './present/Line.tsx';
import { Bar } from './shell/Bar.tsx';
import { Claim } from './shell/Claim.tsx';
import { EmbedBar } from './shell/EmbedBar.tsx';
import { usePanes } from './shell/panes.ts';
import styles from './shell/screen.module.css';
import { TabTitle } from './shell/TabTitle.tsx';
import { Toasts } from './shell/Toasts.tsx';
import { useView } from './shell/useView.ts';
import { Stage } from './stage/Stage.tsx';
import { useSession } from './store/context.tsx';
import { presentText } from './text/present.ts';
import { shellText as text } from './text/shell.ts';
import { useTour } from './tour/progress.ts';
import tourStyles from './tour/tour.module.css';
import { Views } from './views/Views.tsx';

const Tour = late(async () => (await import('./tour/Tour.tsx')).Tour);
const FilesDialog = late(async () => (await import('./settings/FilesDialog.tsx')).FilesDialog);
const Presented = late(async () => (await import('./present/Presented.tsx')).Presented);
const Drawer = late(async () => (await import('./settings/Drawer.tsx')).Drawer);

/** Moves the focus only: what comes after '#' in the address is the experiment, and must stay. */
function skip(event: MouseEvent) {
  event.preventDefault();
  document.getElementById('view')?.focus();
}

export function App() {
  const view = useView();
  const { embedded, parts } = view;
  const touring = useTour(({ step }) => step !== null);
  const settings = usePanes((state) => state.settings !== false);
  // Dropped files are read, and may be asked about.
  const asked = useSession(
    ({ data }) => data.status === 'asking' || (data.status === 'loading' && data.id === 'files'),
  );
  const enlarged = usePanes((state) => state.enlarged);
  const stop = usePanes((state) => state.presenting);
  // In a frame that asks for them, settings are there from the start.
  const standing = embedded && parts.has('settings');
  return (
    <>
      <a className={styles.skip} href="#view" onClick={skip}>
        {text.skip}
      </a>
      <TabTitle />
      {asked && <Late part={FilesDialog} props={{}} what={text.filesBroke} />}
      <div className={styles.app}>
        {embedded ? <EmbedBar controls={parts.has('controls')} /> : <Bar />}
        <main
          className={`${styles.work} ${embedded ? styles.embedded : ''}`}
          data-enlarged={enlarged && !stop ? '' : undefined}
          data-stop={stop ?? undefined}
        >
          <Toasts embedded={embedded} />
          {stop && <Line stop={stop} />}
          {!embedded && !stop && <Claim />}
          {!embedded && !stop && <Ledger />}
          {parts.has('network') && <Stage settings={!embedded} />}
          {stop ? <Late part={Presented} props={{ stop }} what={presentText.broke} /> : <Views view={view} />}
        </main>
        {(standing || (settings && parts.has('settings'))) && (
          <Late part={Drawer} props={{ closable: !standing }} what={text.settingsBroke} />
        )}
      </div>
      {touring && <Late part={Tour} props={{}} what={text.tourBroke} place={tourStyles.card} />}
    </>
  );
}
