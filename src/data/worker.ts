/** The worker that fetches, unpacks and decodes data, so that the page never waits for it. */
import { holdLifeline } from '../messages/lifeline.ts';
import { serveData } from './serve-data.ts';
import { clearAside, openBrowserCache } from './sources/browser-cache.ts';

holdLifeline(self);

/** What an earlier visit forgot is forgotten. */
const opened = openBrowserCache().then(async (cache) => {
  if (cache) await clearAside(cache).catch(() => {});
  return cache;
});

serveData(self, async () => ({ cache: await opened }));
