import { ENGINES } from '../../../src/engines/registry.ts';
import { BATCHES, materialOf, RATE, stageOf, type Problem } from '../problem.ts';
import { threadsSaid, type Start } from './contender.ts';

/** Our engine through its contract, training as conventional training does: a local stage with resident data. */
export function contender(engineId: 'webgpu' | 'cpu', threads = 1): Start {
  return async (problem: Problem) => {
    const material = materialOf(problem);
    const { batch } = problem;
    const engine = await ENGINES[engineId].create({ threads });
    const stage = await engine.stage(stageOf(material, problem));
    await stage.load('train', material.images, material.labels);
    let done = 0;
    return {
      about: engine.about.name,
      threads: threadsSaid(engine.about),
      async run(steps) {
        const order = Uint32Array.from(
          { length: steps * batch },
          (_, i) => (done * batch + i) % (BATCHES * batch),
        );
        done += steps;
        const { losses } = await stage.train({
          batches: { kind: 'images', order },
          learningRates: new Float32Array(steps).fill(RATE),
        });
        return losses[steps - 1];
      },
      peakBytes: () => null,
      async stop() {
        stage.dispose();
        await engine.dispose();
      },
    };
  };
}
