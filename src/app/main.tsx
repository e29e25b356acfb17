import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserSession } from '../session/browser.ts';
import { App } from './App.tsx';
import { linkChartView } from './charts/view-link.ts';
import { keepRuns } from './kept/keeper.ts';
import { askBeforeLeaving } from './kept/leaving.ts';
import { SessionProvider } from './store/context.tsx';
import { Broken } from './shell/Broken.tsx';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { watchClock } from './shell/wall-clock.ts';
import { openLinkedStep } from './tour/progress.ts';
import './styles/tokens.css';
import './styles/base.css';
import { paintLines } from './styles/line-colours.ts';
import { speak } from './text/locale.ts';
import { shellText as text } from './text/shell.ts';

/** The whole page. The session is made once, outside drawing, so its own failure has to be caught here. */
function page(): ReactNode {
  try {
    openLinkedStep();
    const session = createBrowserSession();
    linkChartView(session);
    watchClock(session);
    keepRuns(session);
    askBeforeLeaving(session);
    return (
      <SessionProvider session={session}>
        <App />
      </SessionProvider>
    );
  } catch (error) {
    return (
      <Broken error={error instanceof Error ? error : new Error(String(error))} what={text.cannotStart} />
    );
  }
}

/** Not at the top of the file: what it fetches may need files that wait for this one to have been run. */
async function start(): Promise<void> {
  paintLines();
  await speak(location.search);
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <ErrorBoundary what={text.crashed}>{page()}</ErrorBoundary>
    </StrictMode>,
  );
}

// A sandboxed frame has no origin: `index.html` says what is missing, and nothing here could work.
if (self.origin !== 'null') void start();
