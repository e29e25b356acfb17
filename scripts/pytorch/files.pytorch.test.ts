import { shapeOf } from '../../src/network/layers/layers.ts';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/data/catalogue.ts';
import { naturalOrder } from '../../src/export/layer-order.ts';
import { writeMetadata } from '../../src/export/metadata.ts';
import { readSafetensors } from '../../src/export/safetensors/read.ts';
import { layerNames, writeSafetensors } from '../../src/export/safetensors/write.ts';
import { pixelStatistics } from '../../src/export/standardisation.ts';
import { DATASETS } from '../../src/experiment/datasets.ts';
import { plan } from '../../src/experiment/plan.ts';
import { loadData } from '../../src/lab/load-data.ts';
import { initialParameters } from '../../src/network/initialise.ts';
import { experimentOf, rightOf, SET, TRAIN, Workplace } from './testing.ts';

const LINK = 'layers=16,12,16&cuts=2&epochs=4&optimizer=adam';
const NETWORK = plan(experimentOf(LINK), { ...DATASETS[SET].shape, trainCount: TRAIN }).labelNetwork;

const place = new Workplace();
const file = place.exportedFirst(LINK);

const bytesOf = async (name: string) => new Uint8Array(await readFile(place.path(name)));

/** A file's layers in the order of their names: sizes, and all parameters flat. */
async function layersOf(name: string) {
  const { layers, metadata } = readSafetensors(await bytesOf(name));
  const order = naturalOrder(layers);
  return {
    shapes: order.map(({ kind, inputs, outputs }) => ({ kind, inputs, outputs })),
    parameters: Float32Array.from(order.flatMap(({ parameters }) => [...parameters])),
    metadata,
  };
}

/** Lists in JSON as lists: Python writes spaces into them. */
const parsed = (metadata: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [
      name,
      value.startsWith('[') ? (JSON.parse(value) as unknown) : value,
    ]),
  );

describe('weights as safetensors', () => {
  it('of a joined network are read here, and by the reference library, under a flat Sequential’s names', async () => {
    const said = await place.run(file, '--processes', '2', '--save', 'joined.safetensors');
    expect(rightOf(said)).toBeGreaterThan(0);
    const ours = await layersOf('joined.safetensors');
    const shapes = NETWORK.map(shapeOf);
    expect(ours.shapes).toEqual(shapes);
    // It says what a file of the page says; its statistics come from other sums over the same pixels.
    const { experiment, pixelMean, pixelStd, ...rest } = ours.metadata;
    expect(experiment).toContain('layers=16,12,16');
    const statistics = pixelStatistics(await loadData(place.data, SET));
    expect(Number(pixelMean)).toBeCloseTo(statistics.mean, 9);
    expect(Number(pixelStd)).toBeCloseTo(statistics.std, 9);
    const about = {
      experiment,
      strategy: 'sil',
      firstLayer: 0,
      layers: NETWORK,
      pixels: { ...statistics, standardisation: 'before' as const },
      classes: CATALOGUE[SET].characters,
    };
    const written = writeMetadata(about, layerNames(NETWORK));
    expect(parsed({ ...rest, experiment, pixelMean, pixelStd })).toEqual(
      parsed({ ...written, pixelMean, pixelStd }),
    );
    const [names, theirs] = place.ask(
      file,
      `from safetensors.torch import load_file
tensors = load_file("joined.safetensors")
model = e.build(e.CONFIG["network"], 0)
model.load_state_dict(tensors)
flat = [n for layer in model if isinstance(layer, torch.nn.Linear)
        for one in (layer.weight.detach().T, layer.bias.detach()) for n in one.reshape(-1).tolist()]
print(json.dumps([sorted(tensors), flat]))`,
    ) as [string[], number[]];
    expect(names).toEqual(NETWORK.flatMap((_, i) => [`${2 * i}.bias`, `${2 * i}.weight`]).sort());
    expect(Float32Array.from(theirs)).toEqual(ours.parameters);

    // A partition's own file is its layers under the same names.
    const second = await layersOf('parts/partition-2.safetensors');
    expect(second.shapes).toEqual(shapes.slice(2));
    expect(second.metadata).toMatchObject({ firstLayer: '2', input: 'what layer 2 gives' });
    expect(ours.parameters.slice(-second.parameters.length)).toEqual(second.parameters);
  });

  it('written here begin a run there: of the whole network, or of a partition', async () => {
    const whole = initialParameters(NETWORK, 77);
    await writeFile(place.path('whole.safetensors'), writeSafetensors(NETWORK, whole, {}));
    const start = 16 * 784 + 16 + 12 * 16 + 12;
    const part = writeSafetensors(NETWORK.slice(2), whole.slice(start), { firstLayer: '2' });
    await writeFile(place.path('part.safetensors'), part);
    const begun = (name: string) =>
      place.ask(
        file,
        `e.give("${name}")
print(json.dumps([n for layer in e.build(e.CONFIG["network"], 0) if isinstance(layer, torch.nn.Linear)
                  for one in (layer.weight.detach().T, layer.bias.detach()) for n in one.reshape(-1).tolist()]))`,
      ) as number[];
    expect(Float32Array.from(begun('whole.safetensors'))).toEqual(whole);
    const { initScales } = plan(experimentOf(LINK), { ...DATASETS[SET].shape, trainCount: TRAIN });
    const expected = initialParameters(NETWORK, experimentOf(LINK).seed, initScales);
    // The layer before the cut is linear for SIL alone: the whole network begins as the whole network does.
    const found = Float32Array.from(begun('part.safetensors'));
    expect(found.slice(start)).toEqual(whole.slice(start));
    expect(found.slice(0, 16 * 784 + 16)).toEqual(expected.slice(0, 16 * 784 + 16));
  });

  it('are asked for where the experiment began with some, and refused where they do not fit', async () => {
    const text = await readFile(file, 'utf8');
    await writeFile(place.path('given.py'), text.replace('"weights": null', '"weights": "mine.safetensors"'));
    const asked = await place.run(place.path('given.py'), '--processes', '2');
    expect(asked.code).toBe(1);
    expect(asked.err).toMatch(/began with the weights of mine.safetensors.*--weights FILE.*--weights seed/);
    const other = writeSafetensors(NETWORK.slice(0, 1), initialParameters(NETWORK.slice(0, 1), 1), {});
    await writeFile(place.path('other.safetensors'), other);
    const args = ['--processes', '2', '--weights'];
    const refused = await place.run(place.path('given.py'), ...args, 'other.safetensors');
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(
      /holds a network 784 → 16, which is neither the whole of this one nor a partition/,
    );
    const standardising = writeSafetensors(NETWORK, initialParameters(NETWORK, 1), {
      standardisation: 'included',
    });
    await writeFile(place.path('standardising.safetensors'), standardising);
    const twice = await place.run(place.path('given.py'), ...args, 'standardising.safetensors');
    expect(twice.err).toMatch(/does the standardising in its first layer. Save it without/);
    await writeFile(place.path('text.safetensors'), 'not weights at all');
    const broken = await place.run(place.path('given.py'), ...args, 'text.safetensors');
    expect(broken.err).toMatch(/text.safetensors cannot be read as safetensors/);
    const seeded = await place.run(place.path('given.py'), ...args, 'seed');
    expect(rightOf(seeded)).toBe(rightOf(await place.run(file, '--processes', '2')));
  });
});

describe('checkpoints', () => {
  it.each([
    ['sil', 2],
    ['conventional', 1],
    ['data', 2],
    ['fsdp', 2],
    ['pipeline', 2],
    ['local', 2],
    ['handoff', 2],
  ] as const)('%s goes on where it was ended, to the same bits', async (strategy, processes) => {
    const args = ['--strategy', strategy, '--processes', String(processes)];
    const through = await place.run(file, ...args, '--save', `${strategy}-a.safetensors`);
    const running = place.start(file, ...args, '--checkpoint', 'states');
    // Of four epochs; whatever it comes to before it ends, the rest is done later.
    await running.printed(/checkpoint: .*step-0000066/);
    running.signal('SIGTERM');
    await running.ended;
    const args2 = [...args, '--checkpoint', 'states', '--save', `${strategy}-b.safetensors`];
    const resumed = await place.run(file, ...args2);
    expect(resumed).toMatchObject({ code: 0, err: '' });
    expect(resumed.out).toMatch(/goes on at step (66|99|132)/);
    expect(rightOf(resumed)).toBe(rightOf(through));
    expect(await bytesOf(`${strategy}-b.safetensors`)).toEqual(await bytesOf(`${strategy}-a.safetensors`));
  });

  it('of another experiment are none of this one’s', async () => {
    await place.run(file, '--part', '2', '--checkpoint', 'states');
    const other = await place.exported(`${LINK}&seed=12`);
    const said = await place.run(other, '--part', '2', '--checkpoint', 'states');
    expect(said.code).toBe(0);
    expect(said.out).not.toContain('goes on');
  });
});
