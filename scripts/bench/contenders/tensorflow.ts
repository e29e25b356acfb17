/**
 * TensorFlow.js as its guide writes a training loop (https://www.tensorflow.org/js/guide/models_and_layers, "Core
 * API"): `optimizer.minimize` over fused layers. The loss is read once after the last step, not after each, which is
 * the kindest to its GPU backends.
 */
import * as tf from '@tensorflow/tfjs';
import { unflattenParameters } from '../../../src/network/layers/layers.ts';
import { BATCHES, floatBatch, materialOf, RATE, type Problem } from '../problem.ts';
import type { ContenderId, Start } from './contender.ts';

async function useBackend(engine: ContenderId['engine']): Promise<void> {
  if (engine === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
  if (engine === 'webgl') tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
  tf.enableProdMode();
  if (!(await tf.setBackend(engine))) throw new Error(`TensorFlow.js could not start its ${engine} backend.`);
  await tf.ready();
}

/** @param prepare What the backend needs before it starts, and how many threads it has once it has. */
export function contender(
  engine: ContenderId['engine'],
  prepare?: () => Promise<{ threads(): number }>,
): Start {
  return async (problem: Problem) => {
    const prepared = await prepare?.();
    await useBackend(engine);
    const { widths, batch } = problem;
    const material = materialOf(problem);
    const layers = unflattenParameters(material.network, material.parameters).map(({ weights, bias }, i) => ({
      weights: tf.variable(tf.tensor2d(weights.slice(), [widths[i], widths[i + 1]])),
      bias: tf.variable(tf.tensor1d(bias.slice())),
    }));
    const batches = Array.from({ length: BATCHES }, (_, index) => {
      const { x, y } = floatBatch(problem, material, index);
      return {
        x: tf.tensor2d(x, [batch, widths[0]]),
        y: tf.tensor2d(y, [batch, widths[widths.length - 1]]),
      };
    });
    const optimizer = tf.train.adam(RATE, 0.9, 0.999, 1e-8);
    const logits = (x: tf.Tensor2D) =>
      layers.reduce(
        (h, { weights, bias }, i) =>
          tf.fused.matMul({
            a: h,
            b: weights as unknown as tf.Tensor2D,
            bias,
            activation: i < layers.length - 1 ? 'relu' : 'linear',
          }) as tf.Tensor2D,
        x,
      );
    let done = 0;
    let peak = 0;
    return {
      about: `TensorFlow.js ${tf.version['tfjs-core']} ${engine}`,
      threads: engine === 'cpu' ? 1 : (prepared?.threads() ?? null),
      async run(steps) {
        let cost: tf.Scalar | null = null;
        for (let step = 0; step < steps; step++) {
          const { x, y } = batches[done++ % BATCHES];
          cost?.dispose();
          cost = optimizer.minimize(() => tf.losses.softmaxCrossEntropy(y, logits(x)) as tf.Scalar, true);
          if (engine === 'cpu' || engine === 'webgl') peak = Math.max(peak, heldBytes());
        }
        const [loss] = await cost!.data();
        // The losses are the first thing computed; a variable of the last update is the last.
        await layers[0].weights.slice([0, 0], [1, 1]).data();
        cost!.dispose();
        return loss;
      },
      peakBytes: () => (engine === 'cpu' || engine === 'webgl' ? peak : null),
      async stop() {
        tf.disposeVariables();
        optimizer.dispose();
        tf.dispose(batches);
      },
    };
  };
}

/** WebGL: the pool of textures; CPU: live tensors (its temporaries within a step are freed again unseen). */
function heldBytes(): number {
  const memory = tf.memory() as tf.MemoryInfo & { numBytesInGPUAllocated?: number };
  return memory.numBytesInGPUAllocated ?? memory.numBytes;
}
