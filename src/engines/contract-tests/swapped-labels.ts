/** Class vectors that are swapped while training. */
import { expect, it } from 'vitest';
import { initialParameters } from '../../network/initialise.ts';
import { streamKey, wordAt } from '../../network/random.ts';
import { denseNetwork } from '../../network/spec.ts';
import { inputSize } from '../../network/layers/layers.ts';
import type { FixedLayers, LabelTable, Source, StageSpec } from '../contract.ts';
import { expectClose } from './close.ts';
import { PIXELS, randomTable } from './ends.ts';
import { CLASSES_OF_LABELS, make, stageWith } from './made.ts';
import type { Pair } from './pair.ts';

export function swapsLabels(pair: Pair): void {
  it('swaps the class vectors that it shows in training, and those alone', async () => {
    // One linear layer on fixed linear ones: everything is written out here, in double precision.
    const made = make(
      {
        widths: [3, 4],
        batch: 8,
        samples: 8,
        source: 'swapped labels over layers',
        objective: 'labels over layers',
      },
      'local',
    );
    const linear = (inputs: number, outputs: number): FixedLayers => {
      const layers = denseNetwork(inputs, [], outputs, 'relu');
      return { layers, parameters: initialParameters(layers, 23) };
    };
    const [shown, aimed] = [randomTable(CLASSES_OF_LABELS, 3, 3), randomTable(CLASSES_OF_LABELS, 4, 4)];
    const [front, beside] = [linear(PIXELS, 3), linear(PIXELS, 4)];
    const [share, key] = [0.6, streamKey(11, 'swap', 1)];
    const spec: StageSpec = {
      ...made.spec,
      source: {
        ...(made.spec.source as Extract<Source, { kind: 'fixed' }>),
        noise: 0,
        fixed: { ...front, table: shown },
        swap: { share, key },
      },
      objective: { kind: 'fixed', scale: 0.5, fixed: { ...beside, table: aimed } },
    };
    const stage = await stageWith(pair.engine, { ...made, spec });
    const order = Uint32Array.of(0, 1, 2, 3, 4, 5, 6, 7);
    const dense = (x: readonly number[], { layers, parameters }: FixedLayers): number[] => {
      const outputs = inputSize(layers) === 3 ? 4 : parameters.length / (PIXELS + 1);
      return Array.from({ length: outputs }, (_, u) =>
        x.reduce(
          (sum, value, i) => sum + value * parameters[i * outputs + u],
          parameters[x.length * outputs + u],
        ),
      );
    };
    const over = (values: number[], { values: table, width }: LabelTable, label: number) =>
      values.map((value, u) => value + table[label * width + u]);
    const lossOf = (parameters: Float32Array, step: number | null) => {
      const losses = [...order].map((image, n) => {
        const x = Array.from(
          made.images.subarray(image * PIXELS, (image + 1) * PIXELS),
          (byte) => byte / 80 - 1.5,
        );
        const own = made.labels[image];
        const at = 2 * ((step ?? 0) * 8 + n);
        const swapped = step !== null && wordAt(key, at) >>> 8 < Math.round(share * 2 ** 24);
        const label = swapped ? wordAt(key, at + 1) % CLASSES_OF_LABELS : own;
        const y = dense(over(dense(x, front), shown, label), { layers: spec.layers, parameters });
        const aims = over(dense(x, beside), aimed, own);
        return 0.5 * y.reduce((sum, value, u) => sum + (value - aims[u]) ** 2, 0);
      });
      return losses.reduce((sum, loss) => sum + loss, 0) / 8;
    };
    for (const step of [0, 1]) {
      const before = await stage.readParameters();
      const input = { kind: 'images', split: 'train', order } as const;
      const { score } = await stage.infer(input, { score: true });
      expectClose([score!.loss / 8], [lossOf(before, null)]);
      const { losses } = await stage.train({
        batches: { kind: 'images', order },
        learningRates: Float32Array.of(0.01),
      });
      expectClose(losses, [lossOf(before, step)]);
      expect(Math.abs(lossOf(before, step) - lossOf(before, null))).toBeGreaterThan(0.01);
    }
    stage.dispose();
  });
}
