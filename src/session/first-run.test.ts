/** The page opens on a recorded run where no link says otherwise. The file is read as the page reads it. */
import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { decode, encode } from '../experiment/link.ts';
import { newcomers } from '../experiment/presets.ts';
import { DEFAULTS } from '../experiment/table.ts';
import { FIRST_RUN, firstLink } from './first-run.ts';
import { fromFile } from './recording/file.ts';
import type { Recording } from './recording/recording.ts';
import { closeSessions, readySession, testSession, until } from './testing.ts';

afterEach(closeSessions);

function recorded(): Recording {
  const opened = fromFile(FIRST_RUN, readFileSync(`public/${FIRST_RUN}`, 'utf8'));
  if (opened.kind !== 'run') throw new Error('Not one run.');
  return opened.recording;
}

it('the recording beside the page is of the newcomer’s experiment, whole, and small', () => {
  const { fragment, strategies } = recorded();
  expect(fragment, 'the settings have changed: `npm run record` makes it again').toBe(encode(newcomers()));
  expect(strategies.map(({ id }) => id)).toEqual(newcomers().strategies);
  for (const { final, columns } of strategies) {
    expect(final).toMatchObject({ count: 10_000 });
    expect(columns.epochs.at(-1)).toBe(newcomers().epochs);
  }
  expect(readFileSync(`public/${FIRST_RUN}`).length).toBeLessThan(40_000);
});

it('an address without settings opens on it, and so does one of the same settings; any other means what it meant', () => {
  const link = encode(newcomers());
  expect(firstLink('')).toMatchObject({ link, opensOn: expect.any(Function) });
  expect(firstLink('#')).toMatchObject({ link, opensOn: expect.any(Function) });
  expect(firstLink(`#${link}&view=costs`)).toMatchObject({ opensOn: expect.any(Function) });
  expect(firstLink(`#${link}&seed=9`)).not.toHaveProperty('opensOn');
  const embed = firstLink('#view=embed:network,controls');
  expect(embed).not.toHaveProperty('opensOn');
  expect(decode(embed.link).experiment).toEqual(DEFAULTS);
});

/** Small enough to train here; what was recorded does not matter to a session. */
const LINK = 'data=mnist&layers=16,12,16&cuts=2&batch=20&epochs=1&turn=4&test=0&seed=7';
const ofLink = () => ({ ...recorded(), fragment: encode(decode(LINK).experiment) });

it('shows it until something trains, and leaves nothing to go back to before it', async () => {
  const { session } = await readySession(LINK, undefined, { opensOn: async () => ofLink() });
  expect(session.store.getState()).toMatchObject({
    recording: { machine: expect.stringMatching(/cores/) },
    canUndo: false,
    notices: [],
  });
  session.actions.play();
  await until(session, ({ status, recording }) => status === 'finished' && recording === null);
  // Nobody chose it: that it is gone is no news to lie over the first run of one's own.
  expect(session.store.getState().notices).toEqual([]);
  session.actions.undo();
  expect(session.store.getState().recording).not.toBeNull();
});

it('is not shown over what someone asked for meanwhile, nor where it is of other settings or cannot be had', async () => {
  const opening = (opensOn: () => Promise<Recording>) => testSession(LINK, undefined, { opensOn });
  const late = opening(async () => {
    await Promise.resolve();
    late.session.actions.play();
    return ofLink();
  });
  const other = opening(async () => recorded());
  const none = opening(() => Promise.reject(new Error('HTTP 404')));
  await Promise.all([late, other, none].map(({ session }) => session.ready));
  await until(late.session, ({ status }) => status === 'finished');
  for (const { session } of [late, other, none]) expect(session.store.getState().recording).toBeNull();
  expect(none.session.store.getState()).toMatchObject({ status: 'idle', notices: [] });
});
