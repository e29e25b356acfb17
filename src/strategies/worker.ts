/** Entry of a device's worker: its engine, its host and the strategies' programs. */
import { hostDevice } from '../devices/host.ts';
import type { Endpoint } from '../messages/rpc.ts';
import { ENGINES } from '../engines/registry.ts';
import { PROGRAMS } from './programs.ts';

hostDevice(self as unknown as Endpoint, PROGRAMS, async (id) => ENGINES[id]);
