import { MessageChannel as NodeChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { connect, RemoteError, serve, type Endpoint } from './rpc.ts';
import { WordedError } from './worded.ts';

const english = { 'too-long': (name: string, found: number) => `${name} is ${found} long.` };
const german = { 'too-long': (name: string, found: number) => `${name} ist ${found} lang.` };

const methods = {
  double: (value: number) => 2 * value,
  worded: (): never => {
    throw new WordedError(english, 'too-long', ['A', 3]);
  },
  plain: (): never => {
    throw new TypeError('no words for this');
  },
};

let close = () => {};
afterEach(() => close());

function joined(words?: typeof german) {
  const { port1, port2 } = new NodeChannel();
  close = () => port1.close();
  const notices: string[] = [];
  const notify = serve<typeof methods, string>(port2 as unknown as Endpoint, methods);
  const connection = connect<typeof methods, string>(
    port1 as unknown as Endpoint,
    (notice) => notices.push(notice),
    words,
  );
  port1.start();
  port2.start();
  return { ...connection, notices, notify };
}

const failure = (call: Promise<unknown>): Promise<RemoteError> =>
  call.then(
    () => Promise.reject(new Error('It should have failed.')),
    (error: RemoteError) => error,
  );

describe('calls across a port', () => {
  it('answer with values, and bring notices in their order', async () => {
    const { remote, notices, notify } = joined();
    notify('first');
    expect(await remote.double(21)).toBe(42);
    expect(notices).toEqual(['first']);
  });

  it('say an error that knows its sentence in the words of this side', async () => {
    const error = await failure(joined(german).remote.worded());
    expect(error).toBeInstanceOf(RemoteError);
    expect(error).toMatchObject({ message: 'A ist 3 lang.', code: 'too-long' });
  });

  it('keep the sentence of the other side where this one has no words for it', async () => {
    expect(await failure(joined().remote.worded())).toMatchObject({ message: 'A is 3 long.' });
    close();
    expect(await failure(joined(german).remote.plain())).toMatchObject({
      name: 'TypeError',
      message: 'no words for this',
      code: undefined,
    });
  });

  it('reject, under way and later, once the other side is gone', async () => {
    const { remote, fail } = joined();
    const pending = failure(remote.double(1));
    fail(new Error('gone'));
    expect((await pending).message).toBe('gone');
    await expect(remote.double(2)).rejects.toThrow('gone');
  });
});
