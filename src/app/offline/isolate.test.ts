import { expect, it } from 'vitest';
import { isolate } from './isolate.ts';

it('adds the headers and leaves status, other headers and bytes as they were', async () => {
  const answer = new Response('gone', {
    status: 404,
    statusText: 'Not Found',
    headers: { 'Content-Type': 'text/plain' },
  });
  const isolated = await isolate('document', answer);
  expect(Object.fromEntries(isolated.headers)).toEqual({
    'content-type': 'text/plain',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
  });
  expect([isolated.status, isolated.statusText, await isolated.text()]).toEqual([404, 'Not Found', 'gone']);
});

it.each(['document', 'iframe', 'worker'] as const)('is asked of a %s', async (asked) => {
  expect((await isolate(asked, new Response(''))).headers.get('Cross-Origin-Embedder-Policy')).toBe(
    'require-corp',
  );
});

it('hands on what needs no headers, such as data: it may be large', async () => {
  const data = new Response('bytes');
  expect(await isolate('', data)).toBe(data);
});

it('hands on an answer that nobody may look into: a copy of it would be refused', async () => {
  const opaque = Response.error();
  expect(await isolate('document', opaque)).toBe(opaque);
});

it('takes an answer without a body', async () => {
  expect((await isolate('worker', new Response(null, { status: 204 }))).body).toBeNull();
});
