/** The built site at the root of a host of its own that sends no special headers. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import sirv from 'sirv';

export interface Host {
  readonly url: string;
  close(): void;
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** @param changed Files that are sent in other words, by their names. */
export async function serveBuilt(
  changed: Readonly<Record<string, (text: string) => string>> = {},
): Promise<Host> {
  const files = sirv('dist');
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').replace(/[?#].*/, '').slice(1) || 'index.html';
    const change = changed[path];
    if (change) {
      response.setHeader('Content-Type', TYPES[extname(path)]);
      response.end(change(readFileSync(`dist/${path}`, 'utf8')));
    } else files(request, response, () => void response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
