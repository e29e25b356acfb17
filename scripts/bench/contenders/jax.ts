/**
 * jax-js as its README advises: the whole step (value, gradients and Adam) in one `jit`, and each step awaited,
 * because otherwise it runs ahead and allocates dozens of buffers a step.
 *
 * jax-js counts references: an array passed to a function is given away, `.ref` keeps it.
 */
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { adamStep, BETA1, BETA2 } from '../../../src/network/optimizers/adam.ts';
import { unflattenParameters } from '../../../src/network/layers/layers.ts';
import { BATCHES, floatBatch, materialOf, RATE, type Problem } from '../problem.ts';
import type { Start } from './contender.ts';

type Layer = { w: np.Array; b: np.Array };
type State = { parameters: Layer[]; first: Layer[]; second: Layer[] };

function lossOf(layers: Layer[], x: np.Array, y: np.Array): np.Array {
  const rows = x.shape[0];
  let h = x;
  layers.forEach(({ w, b }, i) => {
    const z = np.dot(h, w).add(b);
    h = i < layers.length - 1 ? nn.relu(z) : z;
  });
  return nn
    .logSoftmax(h)
    .mul(y)
    .sum()
    .mul(-1 / rows);
}

/** One Adam step of one array. */
function adam(p: np.Array, g: np.Array, m: np.Array, v: np.Array, learningRate: np.Array, epsilon: np.Array) {
  const first = m.mul(BETA1).add(g.ref.mul(1 - BETA1));
  const second = v.mul(BETA2).add(np.square(g).mul(1 - BETA2));
  const change = first.ref.mul(learningRate).div(np.sqrt(second.ref).add(epsilon));
  return { parameter: p.sub(change), first, second };
}

const step = jit((state: State, x: np.Array, y: np.Array, learningRate: np.Array, epsilon: np.Array) => {
  const [loss, gradients] = valueAndGrad(lossOf)(tree.ref(state.parameters), x, y) as [np.Array, Layer[]];
  const next: State = { parameters: [], first: [], second: [] };
  state.parameters.forEach(({ w, b }, i) => {
    const { w: gw, b: gb } = gradients[i];
    const weights = adam(w, gw, state.first[i].w, state.second[i].w, learningRate.ref, epsilon.ref);
    const bias = adam(b, gb, state.first[i].b, state.second[i].b, learningRate.ref, epsilon.ref);
    next.parameters.push({ w: weights.parameter, b: bias.parameter });
    next.first.push({ w: weights.first, b: bias.first });
    next.second.push({ w: weights.second, b: bias.second });
  });
  learningRate.dispose();
  epsilon.dispose();
  return { state: next, loss };
});

/** As many as jax-js starts: one for every core where memory can be shared. */
const POOL = globalThis.crossOriginIsolated ? navigator.hardwareConcurrency : 1;

export function contender(engine: 'webgpu' | 'wasm'): Start {
  return async (problem: Problem) => {
    const devices = await init(engine);
    if (!devices.includes(engine)) throw new Error(`jax-js could not start its ${engine} device.`);
    defaultDevice(engine);
    const { widths, batch } = problem;
    const material = materialOf(problem);
    const views = unflattenParameters(material.network, material.parameters);
    const layers = (values: (array: Float32Array) => Float32Array<ArrayBuffer>): Layer[] =>
      views.map(({ weights, bias }, i) => ({
        w: np.array(values(weights)).reshape([widths[i], widths[i + 1]]),
        b: np.array(values(bias)),
      }));
    let state: State = {
      parameters: layers((array) => Float32Array.from(array)),
      first: layers((array) => new Float32Array(array.length)),
      second: layers((array) => new Float32Array(array.length)),
    };
    const batches = Array.from({ length: BATCHES }, (_, index) => {
      const { x, y } = floatBatch(problem, material, index);
      return {
        x: np.array(x).reshape([batch, widths[0]]),
        y: np.array(y).reshape([batch, widths[widths.length - 1]]),
      };
    });
    let done = 0;
    return {
      about: `jax-js ${engine}`,
      threads: engine === 'wasm' ? POOL : null,
      async run(steps) {
        let last = NaN;
        for (let i = 0; i < steps; i++) {
          const { x, y } = batches[done++ % BATCHES];
          const { learningRate, epsilon } = adamStep(RATE, done);
          const result = step(state, x.ref, y.ref, np.array(learningRate), np.array(epsilon)) as {
            state: State;
            loss: np.Array;
          };
          state = result.state;
          await blockUntilReady(state);
          if (i < steps - 1) result.loss.dispose();
          else last = (await result.loss.data())[0];
        }
        return last;
      },
      peakBytes: () => null,
      async stop() {
        tree.dispose(state);
        tree.dispose(batches);
      },
    };
  };
}
