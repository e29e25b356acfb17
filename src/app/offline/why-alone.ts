/** What keeps the threads of this page from sharing memory. */
export type Alone =
  /** A page around it has a say. */
  | 'framed'
  /** No service worker that could isolate it, nor a server that does. */
  | 'unserved'
  /** Its service worker is still being put in place. */
  | 'coming'
  /** Its service worker was not in place yet, or was passed by, when the page was loaded. */
  | 'before'
  /** It came through a service worker, which is too old for it or not heeded. */
  | 'refused';

type Worker = Pick<ServiceWorkerContainer, 'controller' | 'getRegistration'>;

/** @returns null where they can share it. */
export async function whyAlone(
  page: Pick<Window, 'crossOriginIsolated'> & { readonly framed: boolean },
  worker: Worker | undefined,
): Promise<Alone | null> {
  if (page.crossOriginIsolated) return null;
  if (page.framed) return 'framed';
  if (!worker) return 'unserved';
  if (worker.controller) return 'refused';
  // A browser that keeps nothing for this page refuses to say.
  const registration = await worker.getRegistration().catch(() => undefined);
  if (!registration) return 'unserved';
  return registration.active ? 'before' : 'coming';
}
