import { lazy, Suspense, useState, type ComponentType, type ReactNode } from 'react';
import { ErrorBoundary } from '../shell/ErrorBoundary.tsx';
import styles from './late.module.css';
import { fetchPart } from './fetch-part.ts';

/** A component that is fetched when it is first drawn. */
export interface LatePart<P> {
  /** As it was fetched last, or will be. */
  component: ComponentType<P>;
  /** Forgets a fetch that failed. */
  readonly renew: () => void;
  /** Whether the last fetch failed. */
  failed: boolean;
}

/** A component in a file of its own; `load` imports it. */
export function late<P>(load: () => Promise<ComponentType<P>>): LatePart<P> {
  const fetched = () =>
    // React keeps a failed fetch for good, so each try is a component of its own.
    lazy(async () => {
      try {
        return { default: await fetchPart(load) };
      } catch (error) {
        part.failed = true;
        throw error;
      }
    }) as unknown as ComponentType<P>;
  const part: LatePart<P> = {
    component: fetched(),
    failed: false,
    renew() {
      if (!part.failed) return;
      part.failed = false;
      part.component = fetched();
    },
  };
  return part;
}

interface LateProps<P> {
  readonly part: LatePart<P>;
  readonly props: P;
  /** What broke if it does not come or cannot be drawn, as a sentence. */
  readonly what: string;
  /** In its place until it has come. */
  readonly loading?: ReactNode;
  /** Class of the box that a failure is shown in, where the part itself does not stand in the page's flow. */
  readonly place?: string | undefined;
}

/** A part that arrives after the page, and whose failure stays its own: it says so in its place, and tries again. */
export function Late<P extends object>({ part, props, what, loading = null, place }: LateProps<P>) {
  const [{ Part, attempt }, set] = useState(() => {
    part.renew();
    return { Part: part.component, attempt: 0 };
  });
  const again = () => {
    part.renew();
    set({ Part: part.component, attempt: attempt + 1 });
  };
  return (
    <ErrorBoundary key={attempt} what={what} onAgain={again} place={place}>
      <Suspense
        fallback={typeof loading === 'string' ? <p className={styles.loading}>{loading}</p> : loading}
      >
        <Part {...props} />
      </Suspense>
    </ErrorBoundary>
  );
}
