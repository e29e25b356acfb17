import { ENGINES } from '../../../src/engines/registry.ts';
import { BATCHES, materialOf, PIXEL_SCALE, RATE, type Problem } from '../problem.ts';
import { threadsSaid, type Start } from './contender.ts';

/** Our engine through its contract, training as conventional training does: a local stage with resident data. */
export function contender(engineId: 'webgpu' | 'cpu', threads = 1): Start {
  return async (problem: Problem) => {
    const { network, parameters, images, labels } = materialOf(problem);
    const { batch, widths } = problem;
    const engine = await ENGINES[engineId].create({ threads });
    const stage = await engine.stage({
      layers: network,
      parameters,
      batch,
      optimizer: 'adam',
      decay: 0,
      source: { kind: 'images', pixels: widths[0], scale: PIXEL_SCALE, shift: 0 },
      objective: { kind: 'classes', classes: widths[widths.length - 1] },
      training: 'local',
    });
    await stage.load('train', images, labels);
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
