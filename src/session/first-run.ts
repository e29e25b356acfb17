/** What the page opens on: a link's experiment, and the newcomer's, with a recorded run of it, where there is none. */
import { decode, encode, fragmentOf } from '../experiment/link.ts';
import { newcomers } from '../experiment/presets.ts';
import type { Recording } from './recording/recording.ts';
import type { SessionOptions } from './session.ts';

/** Beside the page; `npm run record` makes it. */
export const FIRST_RUN = 'first-run.json';

/** @param hash Of the page's address, with its '#' or empty. */
export function firstLink(hash: string): Pick<SessionOptions, 'link' | 'opensOn'> {
  const fragment = fragmentOf(hash);
  const link = encode(newcomers());
  if (fragment === '') return { link, opensOn: firstRun };
  const { experiment, extras } = decode(fragment);
  // A tab or a chart's axis was chosen meanwhile: a reload shows the same again.
  return encode(experiment) === link && extras.run === undefined
    ? { link: hash, opensOn: firstRun }
    : { link: hash };
}

/** @throws Error where it cannot be had, or was changed. */
async function firstRun(): Promise<Recording> {
  const [{ fromFile }, response] = await Promise.all([
    import('./recording/file.ts'),
    fetch(new URL(FIRST_RUN, document.baseURI)),
  ]);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const opened = fromFile(FIRST_RUN, await response.text());
  if (opened.kind !== 'run') throw new Error(`${FIRST_RUN} is not one run.`);
  return opened.recording;
}
