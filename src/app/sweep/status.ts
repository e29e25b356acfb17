/** What of a sweep is said wherever a person is: small, since the sweep itself comes when it is wanted. */
import { create } from 'zustand';

interface Said {
  readonly waits: boolean;
  /** How the last one ended; null once it was seen. */
  readonly ended: { readonly runs: number; readonly failed: string | null } | null;
}

export const useSweepSaid = create<Said>()(() => ({ waits: false, ended: null }));
