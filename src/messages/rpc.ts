/**
 * Calls across a message port, typed by one interface of methods.
 *
 * Small on purpose: requests have ids, answers carry a value or an error's name and sentence (and what it says, so
 * that it can be said again on this side in its own words), and when the other side is gone every pending call rejects. (Libraries for this leave a terminated worker's calls pending for ever.)
 */

import { say, type Said, type Sentences } from './worded.ts';

/** The part of `Worker`, `MessagePort` and `parentPort` that is used. */
export interface Endpoint {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** A set of methods whose arguments and results survive a structured clone. */
export type Methods<M> = { [K in keyof M]: (...args: never[]) => unknown };

/** `M` as seen from the other side: every method returns a promise. */
export type Remote<M extends Methods<M>> = {
  [K in keyof M]: (...args: Parameters<M[K]>) => Promise<Awaited<ReturnType<M[K]>>>;
};

type Request = { readonly call: number; readonly method: string; readonly args: unknown[] };
type Answer = { readonly answer: number } & ({ readonly value: unknown } | { readonly error: SentError });
interface SentError {
  readonly name: string;
  readonly message: string;
  /** Of an error that knows its sentence. */
  readonly said?: Said | undefined;
}
/** A message no one waits for, e.g. progress. */
type Notice<E> = { readonly notice: E };

/** An error that happened on the other side. `name` is the original's, and so is `code`, its sentence's name. */
export class RemoteError extends Error {
  readonly code: string | undefined;

  constructor(name: string, message: string, code?: string) {
    super(message);
    this.name = name;
    this.code = code;
  }
}

const transfers = new WeakMap<object, Transferable[]>();

/** Marks a value (argument or result) whose buffers are to be moved, not copied. Returns the value. */
export function transfer<T extends object>(value: T, buffers: Transferable[]): T {
  transfers.set(value, buffers);
  return value;
}

const buffersOf = (values: readonly unknown[]): Transferable[] =>
  values.flatMap((value) => (typeof value === 'object' && value ? (transfers.get(value) ?? []) : []));

/** Answers calls with `methods`; returns a function that posts notices. */
export function serve<M extends Methods<M>, E>(endpoint: Endpoint, methods: M): (notice: E) => void {
  endpoint.addEventListener('message', async ({ data }: MessageEvent<Request>) => {
    if (data?.call === undefined) return;
    try {
      const method = methods[data.method as keyof M] as unknown as (...args: unknown[]) => unknown;
      const value = await method.apply(methods, data.args);
      endpoint.postMessage({ answer: data.call, value } satisfies Answer, buffersOf([value]));
    } catch (error) {
      const { name, message, said } = (
        error instanceof Error ? error : new Error(String(error))
      ) as SentError;
      endpoint.postMessage({ answer: data.call, error: { name, message, said } } satisfies Answer);
    }
  });
  return (notice) => endpoint.postMessage({ notice } satisfies Notice<E>);
}

export interface Connection<M extends Methods<M>> {
  readonly remote: Remote<M>;
  /** Rejects every pending and every later call with this error. */
  fail(error: Error): void;
}

/**
 * Calls the methods served at the other end.
 * @param words What errors from there say is said with these words, where they have the sentence.
 */
export function connect<M extends Methods<M>, E>(
  endpoint: Endpoint,
  onNotice: (notice: E) => void,
  words: Sentences<object> = {},
): Connection<M> {
  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let calls = 0;
  let failure: Error | null = null;

  endpoint.addEventListener('message', ({ data }: MessageEvent<Answer | Notice<E>>) => {
    if ('notice' in data) return onNotice(data.notice);
    const waiting = pending.get(data.answer);
    if (!waiting) return;
    pending.delete(data.answer);
    if ('error' in data) {
      const { name, message, said } = data.error;
      waiting.reject(new RemoteError(name, (said && say(words, said)) ?? message, said?.sentence));
    } else waiting.resolve(data.value);
  });

  const call = (method: string, args: unknown[]) =>
    new Promise((resolve, reject) => {
      if (failure) return reject(failure);
      const id = calls++;
      pending.set(id, { resolve, reject });
      endpoint.postMessage({ call: id, method, args } satisfies Request, buffersOf(args));
    });

  return {
    remote: new Proxy({} as Remote<M>, {
      // `then` must stay undefined, or awaiting the proxy would call the other side.
      get: (_, method) =>
        method === 'then' ? undefined : (...args: unknown[]) => call(String(method), args),
    }),
    fail(error) {
      failure ??= error;
      for (const { reject } of pending.values()) reject(failure);
      pending.clear();
    },
  };
}
