/** The optimizers there are. A new one is a file, a row here, and what the type checker then asks of each engine. */
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import { lion } from './lion.ts';
import { momentum } from './momentum.ts';
import type { Optimizer } from './optimizer.ts';
import { sgd } from './sgd.ts';

const TABLE = { sgd, momentum, adam, adamw, lion } satisfies Record<string, Optimizer>;

export type OptimizerId = keyof typeof TABLE;

export const OPTIMIZERS: Readonly<Record<OptimizerId, Optimizer>> = TABLE;

export const OPTIMIZER_IDS = Object.keys(TABLE) as OptimizerId[];
