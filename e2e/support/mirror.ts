/** A host of data files that behaves, or misbehaves on request. For unit tests and journeys alike. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export type Behaviour =
  /** Sends the file. */
  | 'well'
  /** Status 404. */
  | 'not-found'
  /** Status 500. */
  | 'error'
  /** Status 200 and a web page. */
  | 'html'
  /** Status 200 and no bytes. */
  | 'empty'
  /** The first half of the file, said to be all of it. */
  | 'truncated'
  /** Announces ten bytes more than it sends. */
  | 'wrong-length'
  /** Hangs up after half of the file. */
  | 'broken'
  /** Hangs up at once. */
  | 'refused'
  /** Sends half of the file, and the rest after `release()`. */
  | 'slow'
  /** Sends the file with `Content-Encoding: gzip`, so that it arrives unpacked. */
  | 'inflated';

export interface MirrorOptions {
  /** A folder of files, or the files themselves by name. Any address that ends in the name answers. */
  readonly files: string | ReadonlyMap<string, Uint8Array>;
  /** Whether other pages may read the answers; true by default. */
  readonly cors?: boolean;
}

export interface Mirror {
  /** Address without a path: what the loader's `mirror` option wants. */
  readonly url: string;
  /** Names of the files asked for so far, in order. */
  readonly requests: string[];
  /** From now on, for files whose name contains `part`; only for the next `times` of them where given. */
  behave(behaviour: Behaviour, options?: { readonly part?: string; readonly times?: number }): void;
  /** Sends what slow answers have kept back, and lets later ones pass. */
  release(): void;
  close(): Promise<void>;
}

interface Rule {
  readonly behaviour: Behaviour;
  readonly part: string;
  left: number;
}

export async function startMirror({ files, cors = true }: MirrorOptions): Promise<Mirror> {
  const requests: string[] = [];
  let rules: Rule[] = [];
  let held: (() => void)[] = [];

  const bytesOf = async (name: string): Promise<Uint8Array | null> => {
    if (typeof files !== 'string') return files.get(name) ?? null;
    return readFile(join(files, name)).catch(() => null);
  };

  /** The newest rule for this name that is not used up. */
  const behaviourFor = (name: string): Behaviour => {
    const rule = rules.findLast(({ part, left }) => left > 0 && name.includes(part));
    if (rule) rule.left--;
    return rule?.behaviour ?? 'well';
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const name = (request.url ?? '').replace(/[?#].*/, '').replace(/.*\//, '');
    if (cors) response.setHeader('Access-Control-Allow-Origin', '*');
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    requests.push(name);
    const bytes = await bytesOf(name);
    const behaviour = bytes ? behaviourFor(name) : 'not-found';
    send(response, behaviour, bytes ?? new Uint8Array(), (rest) => held.push(rest));
  };

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const release = () => {
    rules = rules.filter(({ behaviour }) => behaviour !== 'slow');
    for (const rest of held) rest();
    held = [];
  };
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    behave(behaviour, { part = '', times = Infinity } = {}) {
      rules.push({ behaviour, part, left: times });
    },
    release,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

function send(
  response: ServerResponse,
  behaviour: Behaviour,
  bytes: Uint8Array,
  hold: (rest: () => void) => void,
): void {
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  const head = (length: number, extra: Record<string, string> = {}) =>
    response.writeHead(200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': length,
      ...extra,
    });
  switch (behaviour) {
    case 'well':
      head(bytes.length).end(bytes);
      return;
    case 'inflated':
      head(bytes.length, { 'Content-Encoding': 'gzip' }).end(bytes);
      return;
    case 'not-found':
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Entry not found');
      return;
    case 'error':
      response.writeHead(500, { 'Content-Type': 'text/plain' }).end('Internal Server Error');
      return;
    case 'html':
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
      return;
    case 'empty':
      head(0).end();
      return;
    case 'truncated':
      head(half.length).end(half);
      return;
    case 'wrong-length':
      head(bytes.length + 10).write(bytes, () => response.socket?.end());
      return;
    case 'broken':
      head(bytes.length).write(half, () => response.socket?.destroy());
      return;
    case 'refused':
      response.socket?.destroy();
      return;
    case 'slow':
      head(bytes.length).write(half);
      hold(() => response.end(bytes.subarray(half.length)));
  }
}
