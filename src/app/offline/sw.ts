/**
 * The service worker: keeps everything that the page needs without a network, and isolates the page (`isolate.ts`).
 * Its name stays what it was: browsers look for a new version of a worker at the address of the old one.
 */
import type { WorkboxPlugin } from 'workbox-core/types';
import {
  addPlugins,
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
  type PrecacheEntry,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { NetworkFirst } from 'workbox-strategies';
import { isolate } from './isolate.ts';

/** The list of files is put in by the build. */
declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: PrecacheEntry[] };

const isolating: WorkboxPlugin = {
  handlerWillRespond: ({ event, response }) =>
    event instanceof FetchEvent ? isolate(event.request.destination, response) : Promise.resolve(response),
};

// A page with a run in it is never replaced unasked: a new version waits until a page says so.
self.addEventListener('message', ({ data }: ExtendableMessageEvent) => {
  if ((data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});

addPlugins([isolating]);
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html')));

/** TensorFlow.js (1 MB) and data join when they are first used: the newest while there is a network, else the last. */
registerRoute(
  ({ sameOrigin, url }) =>
    sameOrigin && (url.pathname.includes('/data/') || url.pathname.includes('/assets/')),
  new NetworkFirst({ cacheName: 'piecewise-fetched', plugins: [isolating] }),
);
