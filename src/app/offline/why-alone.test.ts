import { expect, it } from 'vitest';
import { whyAlone } from './why-alone.ts';

const isolated = { crossOriginIsolated: true, framed: false };
const plain = { crossOriginIsolated: false, framed: false };
const framed = { crossOriginIsolated: false, framed: true };

const workers = (controller: boolean, registration: { active: boolean } | undefined) =>
  ({
    controller: controller ? {} : null,
    getRegistration: () => Promise.resolve(registration && { active: registration.active ? {} : null }),
  }) as unknown as ServiceWorkerContainer;

it.each([
  ['an isolated page', isolated, workers(true, { active: true }), null],
  ['a page isolated by its server, without a worker', isolated, undefined, null],
  ['a frame, whatever serves it', framed, workers(true, { active: true }), 'framed'],
  ['a browser that offers no service workers', plain, undefined, 'unserved'],
  ['a worker that could not be put in place', plain, workers(false, undefined), 'unserved'],
  ['a first visit, while the worker is put in place', plain, workers(false, { active: false }), 'coming'],
  ['a first visit, once it is there', plain, workers(false, { active: true }), 'before'],
  ['a page that came through a worker to no avail', plain, workers(true, { active: true }), 'refused'],
] as const)('%s', async (_, page, worker, why) => {
  expect(await whyAlone(page, worker)).toBe(why);
});

it('a browser that refuses service workers here', async () => {
  const refusing = { controller: null, getRegistration: () => Promise.reject(new Error('insecure')) };
  expect(await whyAlone(plain, refusing)).toBe('unserved');
});
