import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Objective, StageSpec } from '../../src/engines/contract.ts';
import { createCpuEngine } from '../../src/engines/cpu/index.ts';
import { createReferenceEngine } from '../../src/engines/reference/index.ts';
import { initialParameters } from '../../src/network/initialise.ts';
import { Random } from '../../src/network/random.ts';
import { OPTIMIZERS } from '../../src/network/reference.ts';
import { ACTIVATIONS, denseNetwork } from '../../src/network/spec.ts';
import { Workplace } from './testing.ts';

const CLASSES = 6;
const BATCH = 16;
const RATE = 0.01;
const STEPS = 3;

/** PyTorch's own layers, losses and optimisers from the same numbers, in double precision. */
const TORCH = (given: unknown) => `given = json.loads(r"""${JSON.stringify(given)}""")
torch.set_default_dtype(torch.float64)
e.CONFIG["optimizer"], e.CONFIG["rate"] = given["optimizer"], given["rate"]
model, at = [], 0
flat = torch.tensor(given["parameters"])
for layer in given["layers"]:
    inputs, outputs = layer["inputs"], layer["outputs"]
    linear = torch.nn.Linear(inputs, outputs)
    with torch.no_grad():
        linear.weight.copy_(flat[at : at + inputs * outputs].reshape(inputs, outputs).T)
        linear.bias.copy_(flat[at + inputs * outputs : at + inputs * outputs + outputs])
    at += inputs * outputs + outputs
    model += [linear, e.activation(layer["activation"])]
model = torch.nn.Sequential(*model)
optimizer = e.optimiser(model.parameters())
x, targets, table = (torch.tensor(given[name]) for name in ("x", "targets", "table"))
losses = []
for step in range(given["steps"]):
    optimizer.zero_grad()
    y = model(x)
    if given["objective"] == "classes":
        loss = torch.nn.functional.cross_entropy(y, targets)
    else:
        loss = ((y - table[targets]) ** 2).sum(dim=1).mean() * given["scale"]
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
found = [n for layer in model if isinstance(layer, torch.nn.Linear)
         for one in (layer.weight.detach().T, layer.bias.detach()) for n in one.reshape(-1).tolist()]
print(json.dumps([losses, found]))`;

let place: Workplace;
let file: string;
let engines: readonly Engine[];
beforeAll(async () => {
  place = await Workplace.open();
  file = await place.exported('layers=16&cuts=1');
  engines = [createReferenceEngine(), await createCpuEngine()];
});
afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.dispose()));
  await place.close();
});

describe('PyTorch is an oracle: the same steps from the same weights and batch', () => {
  const cases = [
    ...OPTIMIZERS.flatMap((optimizer) =>
      (['classes', 'labels, mean', 'labels, sum'] as const).map((objective) => ({
        optimizer,
        objective,
        activation: 'tanh' as const,
      })),
    ),
    ...ACTIVATIONS.map((activation) => ({
      activation,
      optimizer: 'adam' as const,
      objective: 'classes' as const,
    })),
  ];
  it.each(cases)('$optimizer, $objective, $activation', async ({ optimizer, objective, activation }) => {
    const outputs = objective === 'classes' ? CLASSES : 9;
    const layers = denseNetwork(20, [13, 11], outputs, activation);
    const random = Random.for(3, 'oracle');
    const images = Uint8Array.from({ length: BATCH * 20 }, () => random.below(256));
    const labels = Uint8Array.from({ length: BATCH }, () => random.below(CLASSES));
    const table = Float32Array.from({ length: CLASSES * outputs }, () => random.normal());
    const [scale, shift] = [1 / 80, -1.5];
    const labelScale = objective === 'labels, mean' ? 1 / outputs : 1;
    const aim: Objective =
      objective === 'classes'
        ? { kind: 'classes', classes: CLASSES }
        : { kind: 'labels', table: { classes: CLASSES, width: outputs, values: table }, scale: labelScale };
    const parameters = initialParameters(layers, 4);
    const rows = <T>(values: ArrayLike<T>, width: number) =>
      Array.from({ length: values.length / width }, (_, n) =>
        Array.from({ length: width }, (_unused, i) => values[n * width + i]),
      );
    const [losses, expected] = place.ask(
      file,
      TORCH({
        layers,
        optimizer,
        rate: Math.fround(RATE),
        steps: STEPS,
        objective: objective === 'classes' ? 'classes' : 'labels',
        scale: labelScale,
        parameters: [...parameters],
        x: rows(images, 20).map((row) => row.map((byte) => byte * scale + shift)),
        targets: [...labels],
        table: rows(table, outputs),
      }),
    ) as [number[], number[]];

    const spec: StageSpec = {
      layers,
      parameters,
      batch: BATCH,
      optimizer,
      source: { kind: 'images', pixels: 20, scale, shift },
      objective: aim,
      training: 'local',
    };
    const order = Uint32Array.from({ length: STEPS * BATCH }, (_, n) => n % BATCH);
    for (const engine of engines) {
      const stage = await engine.stage(spec);
      await stage.load('train', images, labels);
      const result = await stage.train({
        batches: { kind: 'images', order },
        rates: new Float32Array(STEPS).fill(RATE),
      });
      const found = await stage.readParameters();
      // Weights are below 2 and kept in single precision: half an ulp is 6e-8. The CPU engine computes so, too, where
      // the oracles are exact; Adam divides a gradient by its own size, so what is lost in a small one returns.
      const tolerance = engine.about.engine === 'reference' ? 3e-7 : 1e-6;
      losses.forEach((loss, step) =>
        expect(Math.abs(result.losses[step] - loss)).toBeLessThan(1e-5 * (1 + loss)),
      );
      const worst = Math.max(...expected.map((value, i) => Math.abs(found[i] - value)));
      expect(worst).toBeLessThan(tolerance);
      stage.dispose();
    }
  });
});
