/** The session, for every component below the provider. */
import { createContext, useContext, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Session } from '../../session/session.ts';
import type { SessionActions } from '../../session/actions.ts';
import type { SessionState } from '../../session/state.ts';

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

/** The session itself, for what goes on beside drawing. */
export function useTheSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('A component that needs the session stands outside SessionProvider.');
  return session;
}

/** Part of the state; the component draws again when that part changes (compared with Object.is). */
export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(useTheSession().store, select);
}

/** Asks for the parameters of a strategy's network, joined where it is in parts; null before it has started. */
export function useParameters(): Session['parameters'] {
  return useTheSession().parameters;
}

export function useActions(): SessionActions {
  return useTheSession().actions;
}
