/**
 * The built site as a plain static host would serve it: under a sub-path, no special headers.
 * `dist/` must be there (`npm run build`). `PIECEWISE_PORT` moves it, so that two checkouts can be tested at once.
 */
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import sirv from 'sirv';

const PORT = Number(process.env['PIECEWISE_PORT'] ?? 4173);
const BASE = '/sub/path/';

if (!existsSync('dist/index.html')) {
  console.error('There is no dist/index.html. Run `npm run build` first.');
  process.exit(1);
}
const serve = sirv('dist', { etag: true });
createServer((request, response) => {
  if (!request.url?.startsWith(BASE)) {
    response.writeHead(404).end('Not here.');
    return;
  }
  request.url = request.url.slice(BASE.length - 1);
  serve(request, response, () => {
    response.writeHead(404).end('Not found.');
  });
}).listen(PORT, '127.0.0.1', () => console.log(`http://127.0.0.1:${PORT}${BASE}`));
