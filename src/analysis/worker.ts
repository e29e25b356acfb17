/** The analysis worker: questions about trained networks, beside their training. */
import { createCpuEngine } from '../engines/cpu/index.ts';
import type { Engine } from '../engines/contract.ts';
import { serve } from '../messages/rpc.ts';
import { analysisMethods } from './serve.ts';

let engine: Promise<Engine> | null = null;
serve(
  self,
  analysisMethods(() => (engine ??= createCpuEngine())),
);
