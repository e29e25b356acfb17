/** The analysis worker: questions about trained networks, beside their training. */
import { createCpuEngine } from '../engines/cpu/index.ts';
import type { Engine } from '../engines/contract.ts';
import { holdLifeline } from '../messages/lifeline.ts';
import { serve } from '../messages/rpc.ts';
import { analysisMethods } from './serve.ts';

holdLifeline(self);

let engine: Promise<Engine> | null = null;
serve(
  self,
  analysisMethods(() => (engine ??= createCpuEngine())),
);
