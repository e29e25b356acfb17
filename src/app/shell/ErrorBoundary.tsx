import { Component, type ReactNode } from 'react';
import { shellText as text } from '../text/shell.ts';

interface ErrorState {
  readonly error: Error | null;
}

/** When drawing fails: a sentence, the details for whoever mends it, and a way back. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, ErrorState> {
  override state: ErrorState = { error: null };

  static getDerivedStateFromError(error: Error): ErrorState {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    const details = `${error.stack ?? error.message}\n${navigator.userAgent}\n${location.href}`;
    return (
      <main style={{ padding: '2rem', display: 'grid', gap: '1rem', justifyItems: 'start' }}>
        <h1>{text.crashed}</h1>
        <p>
          {error.message} {text.crashedWhat}
        </p>
        <button type="button" className="button primary" onClick={() => location.reload()}>
          {text.reload}
        </button>
        <button type="button" className="button" onClick={() => void navigator.clipboard.writeText(details)}>
          {text.copyDetails}
        </button>
      </main>
    );
  }
}
