import { Component, type ReactNode } from 'react';
import { PartNotFetchedError } from '../late/fetch-part.ts';
import { Broken } from './Broken.tsx';
import { NotFetched } from './NotFetched.tsx';

interface ErrorBoundaryProps {
  /** What broke if it does, as a sentence. */
  readonly what: string;
  /** Fetches what did not come once more. */
  readonly onAgain?: () => void;
  /** Class of the box that says so. */
  readonly place?: string | undefined;
  readonly children: ReactNode;
}

/** When drawing something fails, the rest of the page goes on and this place says so. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    const { what, onAgain, place, children } = this.props;
    if (!error) return children;
    // What did not come is not broken: it is fetched again, where anyone knows how.
    if (error instanceof PartNotFetchedError && onAgain)
      return <NotFetched {...{ error, what, onAgain, place }} />;
    return <Broken error={error} what={what} />;
  }
}
