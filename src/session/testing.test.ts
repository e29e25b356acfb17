import { afterEach, describe, expect, it } from 'vitest';
import { closeSessions, testSession, until } from './testing.ts';

afterEach(closeSessions);

const LINK = 'data=mnist&layers=16&cuts=&batch=20&epochs=3&turn=5&test=20';

describe('waiting for a state', () => {
  it('ends with the failure of what it waits for', async () => {
    const { session, devices } = testSession(`${LINK}&strategies=conventional`);
    await session.ready;
    session.actions.play();
    await until(session, ({ strategies }) => strategies.conventional!.status === 'turn');
    const finished = until(session, ({ status }) => status === 'finished');
    devices[0].device.crash('out of memory');
    await expect(finished).rejects.toThrow(/conventional failed: .*out of memory/);
    // Also where it had failed before: nothing more will come.
    await expect(until(session, ({ status }) => status === 'finished')).rejects.toThrow(/out of memory/);
  });

  it('goes on while another strategy may bring it', async () => {
    const { session, devices } = testSession(`${LINK}&strategies=conventional,model`);
    await session.ready;
    session.actions.play();
    await until(session, ({ strategies }) => strategies.conventional!.status === 'turn');
    const never = until(session, ({ strategies }) => strategies.conventional!.final !== null);
    devices[0].device.crash('out of memory');
    await until(session, ({ strategies }) => strategies.model!.final !== null);
    await expect(never).rejects.toThrow(/conventional failed: .*out of memory/);
  });

  it('ends where the data cannot be had', async () => {
    const { session } = testSession(LINK, async () => Promise.reject(new Error('No such file.')));
    await session.ready;
    await expect(until(session, ({ dataset }) => dataset !== null)).rejects.toThrow(
      'mnist was not loaded: No such file.',
    );
  });
});
