import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserSession } from '../session/browser.ts';
import { App } from './App.tsx';
import { SessionProvider } from './session/context.tsx';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import './styles/tokens.css';
import './styles/base.css';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ErrorBoundary>
      <SessionProvider session={createBrowserSession()}>
        <App />
      </SessionProvider>
    </ErrorBoundary>
  </StrictMode>,
);
