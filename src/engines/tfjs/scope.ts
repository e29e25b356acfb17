import * as tf from '@tensorflow/tfjs-core';
import type { Ledger } from '../ledger.ts';

/** Where a stage runs its operations: on its own backend, with its temporary tensors freed and counted. */
export class Scope {
  readonly ledger: Ledger;
  private readonly backend: string;

  /** @param backend Registered name of a backend that has started. */
  constructor(backend: string, ledger: Ledger) {
    this.backend = backend;
    this.ledger = ledger;
  }

  /**
   * Makes this engine's backend the current one: TensorFlow.js has one current backend per thread, and another
   * engine may have had its turn since. Synchronous in effect, because the backend has started.
   */
  enter(): void {
    if (tf.getBackend() !== this.backend) void tf.setBackend(this.backend);
  }

  /**
   * Runs `work` and frees every tensor it made but did not keep or return. What was alive at its fullest beyond
   * `known` bytes (already in the ledger) is entered as `workspace` for that moment, so that the peak is measured.
   *
   * @param work Calls `sample` where much is alive, just before freeing it.
   */
  run<T>(work: (sample: () => void) => T, known = 0): T {
    this.enter();
    const before = tf.memory().numBytes;
    let fullest = before;
    const sample = () => (fullest = Math.max(fullest, tf.memory().numBytes));
    const result = tidy(() => {
      const made = work(sample);
      sample();
      return made;
    });
    this.ledger.allocate('workspace', Math.max(0, fullest - before - known))();
    return result;
  }
}

/** `tf.tidy` for any result: its declared type knows no `null`, its code does. Tensors inside the result stay alive. */
export function tidy<T>(work: () => T): T {
  return tf.tidy(work as () => tf.TensorContainer) as T;
}
