/** One file over HTTP, with real progress; whatever goes wrong becomes a sentence. */
import { DataError } from '../errors.ts';
import { looksLikeGzip } from '../gzip.ts';
import { announcedBytes, looksLikeIdx, readHeader, refuseEmptyOrHtml } from '../idx.ts';

export interface FetchOptions {
  /** Named in refusals. */
  readonly file: string;
  readonly fetch: typeof fetch;
  readonly signal?: AbortSignal | undefined;
  /** Give up when nothing arrives for this long, in ms. */
  readonly stallMs: number;
  /** Bytes never to exceed. */
  readonly limit: number;
  /** Bytes that are likely, where the host does not say. */
  readonly expected: number;
  readonly onProgress?: ((loaded: number, total: number) => void) | undefined;
}

/** Aborts when the person does, or when `touch` was not called for `ms`. */
function watchdog(signal: AbortSignal | undefined, ms: number) {
  const controller = new AbortController();
  const forward = () => controller.abort(signal?.reason);
  if (signal?.aborted) forward();
  signal?.addEventListener('abort', forward);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stalled = false;
  const touch = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stalled = true;
      controller.abort();
    }, ms);
  };
  touch();
  return {
    signal: controller.signal,
    touch,
    stalled: () => stalled,
    stop() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', forward);
    },
  };
}

/**
 * The body at `url`: gzip or IDX bytes, as far as its first bytes and its length tell. Throws `DataError`
 * ('network', 'broken-connection', 'stalled', 'not-found', 'server', 'html', 'empty-file', 'something-else',
 * 'short-body', 'too-large') or, when `signal` is aborted, its reason.
 */
export async function fetchFile(url: string, options: FetchOptions): Promise<Uint8Array> {
  const { file, signal } = options;
  const { host } = new URL(url);
  const watch = watchdog(signal, options.stallMs);
  let loaded = 0;
  try {
    const response = await options.fetch(url, { signal: watch.signal });
    watch.touch();
    refuseStatus(response, file, host);
    const body = await readBody(response, options, (bytes) => {
      loaded = bytes;
      watch.touch();
    });
    checkBody(body, response, file, host);
    return body;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof DataError) throw error;
    if (watch.stalled()) {
      throw new DataError('stalled', file, host, loaded, options.stallMs / 1000);
    }
    throw loaded > 0
      ? new DataError('broken-connection', file, host, loaded).because(error)
      : new DataError('network', file, host).because(error);
  } finally {
    watch.stop();
  }
}

function refuseStatus(response: Response, file: string, host: string): void {
  if (response.ok) return;
  void response.body?.cancel().catch(() => undefined);
  if (response.status === 404 || response.status === 410) {
    throw new DataError('not-found', file, host, response.status);
  }
  throw new DataError('server', file, host, response.status);
}

/** `Content-Length` counts the bytes on the wire: no use where the browser inflates them on the way. */
function announcedLength(response: Response): number | null {
  const length = response.headers.get('content-length');
  return length === null || response.headers.has('content-encoding') ? null : Number(length);
}

async function readBody(
  response: Response,
  { file, limit, expected, onProgress }: FetchOptions,
  onBytes: (loaded: number) => void,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  let total = announcedLength(response) ?? expected;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) break;
    if (loaded === 0 && value.length > 0) {
      refuseEmptyOrHtml(value, file);
      // Inflated on the way: its own header knows how long it is.
      if (looksLikeIdx(value) && value.length >= 16) total = announcedBytes(readHeader(value, file));
    }
    chunks.push(value);
    loaded += value.length;
    if (loaded > limit) {
      void reader?.cancel().catch(() => undefined);
      throw new DataError('too-large', file, limit);
    }
    onBytes(loaded);
    onProgress?.(loaded, Math.max(total, loaded));
  }
  const body = new Uint8Array(loaded);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function checkBody(body: Uint8Array, response: Response, file: string, host: string): void {
  refuseEmptyOrHtml(body, file);
  if (!looksLikeGzip(body) && !looksLikeIdx(body)) throw new DataError('something-else', file, host);
  const announced = announcedLength(response);
  if (looksLikeGzip(body) && announced !== null && body.length < announced) {
    throw new DataError('short-body', file, host, body.length, announced);
  }
}
