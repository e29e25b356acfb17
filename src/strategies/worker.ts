/** Entry of a device's worker: its engine, its host and the strategies' programs. */
import { hostDevice } from '../devices/host.ts';
import { holdLifeline } from '../messages/lifeline.ts';
import type { Endpoint } from '../messages/rpc.ts';
import { ENGINES } from '../engines/registry.ts';
import { PROGRAMS } from './programs.ts';

const page = self as unknown as Endpoint;
holdLifeline(page);
hostDevice(page, PROGRAMS, async (id) => ENGINES[id]);
