/** Recordings in a session: shown without training, put aside, brought back. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Session } from '../session.ts';
import { closeSessions, finish, readySession, trainedSession } from '../testing.ts';
import { toLink } from './link.ts';
import { record } from './recording.ts';

const LINK = 'data=mnist&layers=16,12,16&cuts=2&batch=20&epochs=1&turn=4&test=0&seed=7';

afterEach(closeSessions);

const recordingOf = (session: Session) => {
  const state = session.store.getState();
  return record(state, new Date(0))!;
};

describe('a link with a run in it', () => {
  it('shows the run, trains nothing, and begins anew when asked to', async () => {
    const { session } = await trainedSession(LINK);
    const link = `${LINK}&run=${toLink(recordingOf(session))!}`;
    const before = session.store.getState().strategies.sil!.final!;
    await session.close();

    const { session: shown, devices } = await readySession(link);
    const state = shown.store.getState();
    expect(state.recording).toMatchObject({ machine: expect.stringMatching(/./), date: '1970-01-01T00:00Z' });
    // By class it is not in a link.
    expect({ ...before, ...state.strategies.sil!.final }).toEqual(before);
    expect(state.dataset).not.toBeNull();
    expect(state.fragment).toContain('run=');
    expect(devices).toHaveLength(0);

    expect(await finish(shown)).toMatchObject({ recording: null, canUndo: true });
    expect(shown.store.getState().fragment).not.toContain('run=');
    // The same settings, engine and seed: the same curve.
    expect(shown.store.getState().strategies.sil!.final).toEqual(before);
    shown.actions.undo();
    expect(shown.store.getState()).toMatchObject({
      recording: { date: '1970-01-01T00:00Z' },
      status: 'finished',
    });
  });

  it('that is broken keeps the settings and says so', async () => {
    const { session } = await readySession(`${LINK}&run=nonsense`);
    const { recording, notices, experiment } = session.store.getState();
    expect(recording).toBeNull();
    expect(experiment.layers).toEqual([16, 12, 16]);
    expect(notices.map(({ message }) => message).join()).toMatch(/recording in this link cannot be unpacked/);
  });
});

describe('a recording from a file', () => {
  it('is shown in place of a run, which undo brings back', async () => {
    const { session } = await trainedSession(LINK);
    const recording = recordingOf(session);
    const { strategies } = session.store.getState();
    session.actions.show(recording);
    expect(session.store.getState()).toMatchObject({ canUndo: true, recording: { data: recording.data } });
    session.actions.change({ seed: 8 });
    expect(session.store.getState()).toMatchObject({ recording: null, status: 'idle' });
    session.actions.undo();
    expect(session.store.getState().recording).not.toBeNull();
    session.actions.undo();
    expect(session.store.getState().strategies).not.toBe(strategies);
  });
});
