/**
 * A moment's arithmetic before training starts: some phones' drivers compute wrong gradients without any error
 * (tensorflow/tfjs#8590), and curves that are wrong for that reason look like a bad experiment.
 */
import { softmaxCrossEntropy, updateParameters } from '../network/reference.ts';
import {
  backwardLayer,
  forwardLayer,
  inputSize,
  type LayerSpec,
  unflattenParameters,
} from '../network/layers/layers.ts';
import { initialParameters } from '../network/initialise.ts';
import { Random } from '../network/random.ts';
import type { Engine } from './contract.ts';
import { EngineError } from './errors.ts';

export type SelfCheck = { readonly ok: true } | { readonly ok: false; readonly error: EngineError };

const LAYERS: readonly LayerSpec[] = [
  { kind: 'dense', inputs: 21, outputs: 34, activation: 'tanh' },
  { kind: 'dense', inputs: 34, outputs: 5, activation: 'linear' },
];
const BATCH = 4;
const RATE = 0.1;
/** Of the largest value. Float32 errs by 1e-6 here, a half-precision fallback by 1e-3; a wrong kernel by far more. */
const TOLERANCE = 1e-3;

/** Trains one step of a tiny network on the engine and compares gradients and update with the reference. */
export async function selfCheck(engine: Engine): Promise<SelfCheck> {
  const random = Random.for(1, 'self-check');
  const pixels = inputSize(LAYERS);
  const images = Uint8Array.from({ length: BATCH * pixels }, () => random.below(256));
  const labels = Uint8Array.from({ length: BATCH }, (_, n) => n);
  const parameters = initialParameters(LAYERS, 1);
  const expected = oracle(parameters, images, labels);
  try {
    const stage = await engine.stage({
      layers: LAYERS,
      parameters,
      batch: BATCH,
      optimizer: 'sgd',
      decay: 0,
      source: { kind: 'images', pixels, scale: 1 / 255, shift: -0.5 },
      objective: { kind: 'classes', classes: 5 },
      training: 'exchange',
    });
    try {
      await stage.load('train', images, labels);
      await stage.forward(0, { kind: 'images', split: 'train', order: Uint32Array.from([0, 1, 2, 3]) });
      await stage.backward(0, { divisor: BATCH });
      const gradients = await stage.readGradients();
      await stage.optimizerStep(RATE);
      const updated = await stage.readParameters();
      const worst = Math.max(deviation(gradients, expected.gradients), deviation(updated, expected.updated));
      if (worst <= TOLERANCE) return { ok: true };
      const offBy = Number.isFinite(worst) ? worst : null;
      return { ok: false, error: EngineError.said('wrong-gradients', engine.about.name, offBy) };
    } finally {
      stage.dispose();
      engine.resetPeak();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, error: EngineError.said('check-failed', engine.about.name, reason) };
  }
}

function oracle(parameters: Float32Array, images: Uint8Array, labels: Uint8Array) {
  const views = unflattenParameters(LAYERS, parameters);
  const outputs: Float64Array[] = [Float64Array.from(images, (byte) => byte / 255 - 0.5)];
  views.forEach((view, i) => {
    outputs.push(forwardLayer(LAYERS[i], view, outputs[i], BATCH));
  });
  const gradients = new Float32Array(parameters.length);
  const gradientViews = unflattenParameters(LAYERS, gradients);
  let dy = softmaxCrossEntropy(outputs[LAYERS.length], labels, 5, BATCH).gradient;
  for (let i = LAYERS.length - 1; i >= 0; i--) {
    const result = backwardLayer(LAYERS[i], views[i], outputs[i], outputs[i + 1], dy, BATCH);
    for (const [name, values] of Object.entries(result.parameters)) gradientViews[i][name].set(values);
    dy = result.input;
  }
  const updated = parameters.slice();
  updateParameters('sgd', updated, gradients, [], { learningRate: RATE, decay: 0 }, 1);
  return { gradients, updated };
}

/** Largest difference, as a share of the largest expected value; infinite if anything is not a number. */
function deviation(actual: Float32Array, expected: Float32Array): number {
  let size = 0;
  for (const value of expected) size = Math.max(size, Math.abs(value));
  let worst = 0;
  expected.forEach((value, i) => {
    const difference = Math.abs(actual[i] - value);
    worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
  });
  return worst / size;
}
