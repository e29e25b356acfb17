/** Training by itself: every step on the device, with its optimizer. */
import { expect, it } from 'vitest';
import type { Batches } from '../contract.ts';
import { CASES } from './cases.ts';
import { expectClose } from './close.ts';
import { make, stageWith } from './made.ts';
import type { Pair } from './pair.ts';

export function trainsLocally(pair: Pair): void {
  it.each(CASES)('trains locally like the reference: $name', async (one) => {
    const made = make(one, 'local');
    const [actual, expected] = await pair.both(made, async (stage) => {
      const first = await stage.train(made.request);
      const second = await stage.train(made.request);
      return {
        first,
        second,
        parameters: await stage.readParameters(),
        state: await stage.readOptimizer(),
      };
    });
    for (const call of ['first', 'second'] as const) {
      expectClose(actual[call].losses, expected[call].losses);
      expect([...actual[call].correct]).toEqual([...expected[call].correct]);
    }
    expectClose(actual.parameters, expected.parameters);
    expect(actual.state.step).toBe(expected.state.step);
    expect(actual.state.moments.length).toBe(expected.state.moments.length);
    actual.state.moments.forEach((moment, i) => expectClose(moment, expected.state.moments[i]));
  });

  it('is the same to the bit when run again, however the steps are divided', async () => {
    const made = make({ widths: [33, 20, 10], batch: 8, samples: 64 }, 'local');
    const runs = [];
    for (const parts of [1, 1, 4]) {
      const stage = await stageWith(pair.engine, made);
      const { batches, learningRates } = made.request;
      const order = (batches as Extract<Batches, { kind: 'images' }>).order;
      const losses: number[] = [];
      for (let part = 0; part < parts; part++) {
        const cut = (array: { length: number }, at: number) => (array.length * at) / parts;
        const result = await stage.train({
          batches: { kind: 'images', order: order.slice(cut(order, part), cut(order, part + 1)) },
          learningRates: learningRates.slice(cut(learningRates, part), cut(learningRates, part + 1)),
        });
        losses.push(...result.losses);
      }
      runs.push({ losses, parameters: [...(await stage.readParameters())] });
      stage.dispose();
    }
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
  });

  it('trains with AdamW and no decay as with Adam, to the last bit', async () => {
    const trained = await Promise.all(
      (['adam', 'adamw'] as const).map(async (optimizer) => {
        const { spec, images, labels, request } = make(
          { widths: [6, 5, 3], batch: 4, samples: 8, optimizer },
          'local',
        );
        const stage = await pair.engine.stage({ ...spec, decay: 0 });
        await stage.load('train', images, labels);
        await stage.train(request);
        const parameters = await stage.readParameters();
        stage.dispose();
        return parameters;
      }),
    );
    expect(trained[1]).toEqual(trained[0]);
  });
}
