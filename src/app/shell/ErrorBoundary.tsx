import { Component, type ReactNode } from 'react';
import { Broken } from './Broken.tsx';

interface ErrorBoundaryProps {
  /** What broke if it does, as a sentence. */
  readonly what: string;
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
    return error ? <Broken error={error} what={this.props.what} /> : this.props.children;
  }
}
