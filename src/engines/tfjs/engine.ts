/** The engine itself; `index.ts` loads this file, and TensorFlow.js with it, only when it is chosen. */
import * as tf from '@tensorflow/tfjs-core';
import { checkSpec } from '../checks.ts';
import type { OptimizerId } from '../../network/optimizers/registry.ts';
import { Ledger, type HeldKind } from '../ledger.ts';
import type { Engine, EngineAbout, Shard, Stage, StageSpec } from '../contract.ts';
import { EngineError } from '../errors.ts';
import {
  TFJS_BACKENDS,
  type TensorFlowMemory,
  type TfjsBackend,
  type TfjsBackendKind,
} from './backends/backend.ts';
import { backendOrder } from './order.ts';
import { browserGpu } from './probe.ts';
import { Scope } from './scope.ts';
import { TfjsShard } from './shard.ts';
import { TfjsStage } from './stage.ts';

export interface TfjsOptions {
  /** Which backend; left out, the first of `backendOrder` that starts. */
  readonly backend?: TfjsBackendKind;
  /** WebGPU entry point, where it is not the browser's (Dawn in Node). */
  readonly gpu?: GPU;
}

const LABELS: Readonly<Record<TfjsBackendKind, string>> = { webgpu: 'WebGPU', webgl: 'WebGL', cpu: 'CPU' };

export class TfjsEngine implements Engine {
  readonly lost: Engine['lost'];
  private readonly backend: TfjsBackend;
  private readonly ledger = new Ledger();
  private readonly scope: Scope;
  private readonly stages = new Set<Stage | Shard>();
  private closed = false;

  constructor(backend: TfjsBackend) {
    this.backend = backend;
    this.lost = backend.lost;
    this.scope = new Scope(backend.name, this.ledger);
  }

  /** Read anew each time: `details` carries TensorFlow.js's own two memory numbers of this moment. */
  get about(): EngineAbout {
    const { kind, adapter, software } = this.backend;
    const { live, pool } = this.tensorFlowMemory();
    return {
      engine: 'tfjs',
      name: `TensorFlow.js ${tf.version_core} on ${LABELS[kind]} (${adapter})`,
      software,
      details: {
        backend: kind,
        'live tensors (TensorFlow.js numBytesInGPU)': `${live} bytes`,
        'buffer pool (TensorFlow.js numBytesAllocatedInGPU)': `${pool} bytes`,
      },
    };
  }

  /** TensorFlow.js's own account of its backend; the ledger is ours. */
  tensorFlowMemory(): TensorFlowMemory {
    return this.closed ? { live: 0, pool: 0 } : this.backend.memory();
  }

  async stage(spec: StageSpec): Promise<Stage> {
    checkSpec(spec);
    const stage = new TfjsStage(spec, this.scope);
    this.stages.add(stage);
    return stage;
  }

  async shard(values: Float32Array, optimizer: OptimizerId, decay: number): Promise<Shard> {
    const shard = new TfjsShard(values, optimizer, decay, this.scope);
    this.stages.add(shard);
    return shard;
  }

  hold(kind: HeldKind, bytes: number) {
    return this.ledger.allocate(kind, bytes);
  }

  memory() {
    return this.ledger.read();
  }

  takeFullest() {
    return this.ledger.takeFullest();
  }

  resetPeak(): void {
    this.ledger.resetPeak();
  }

  async dispose(): Promise<void> {
    if (this.closed) return;
    for (const stage of this.stages) stage.dispose();
    this.closed = true;
    this.backend.dispose();
  }
}

/** @throws EngineError with every backend's reason, if none starts. */
export async function createTfjsEngine(options: TfjsOptions = {}): Promise<TfjsEngine> {
  // No consistency checks per operation, and no advertisement for another package in Node.
  tf.enableProdMode();
  const gpu = options.gpu ?? browserGpu();
  const order = options.backend ? [options.backend] : await backendOrder(gpu);
  const refusals: string[] = [];
  for (const kind of order) {
    try {
      return new TfjsEngine(await open(kind, gpu));
    } catch (error) {
      refusals.push(`${LABELS[kind]}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new EngineError(`TensorFlow.js could not start. ${refusals.join(' ')}`);
}

/** Each backend's code arrives only if it is tried. */
async function open(kind: TfjsBackendKind, gpu: GPU | undefined): Promise<TfjsBackend> {
  switch (kind) {
    case 'webgpu':
      return (await import('./backends/webgpu.ts')).openWebgpu(gpu);
    case 'webgl':
      return (await import('./backends/webgl.ts')).openWebgl();
    case 'cpu':
      return (await import('./backends/cpu.ts')).openCpu();
    default:
      throw new EngineError(
        `TensorFlow.js has no backend named "${String(kind)}"; choose ${TFJS_BACKENDS.join(', ')}.`,
      );
  }
}
