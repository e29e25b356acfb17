/** The worker that fetches, unpacks and decodes data, so that the page never waits for it. */
import { serveData } from './serve-data.ts';
import { openBrowserCache } from './sources/browser-cache.ts';

serveData(self, async () => ({ cache: await openBrowserCache() }));
