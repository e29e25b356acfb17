import { describe, expect, it } from 'vitest';
import { DATASETS } from '../../src/experiment/datasets.ts';
import { labelTables, plan } from '../../src/experiment/plan.ts';
import { epochOrder } from '../../src/experiment/schedule.ts';
import { shownClass } from '../../src/engines/swap.ts';
import { carriedParameters, carriedSize, swapKey } from '../../src/labels/carried/carried.ts';
import { directions } from '../../src/labels/features/directions.ts';
import { labelBatches } from '../../src/labels/batches.ts';
import { LABEL_CODES } from '../../src/labels/codes.ts';
import { initialParameters } from '../../src/network/initialise.ts';
import { loadData } from '../../src/lab/load-data.ts';
import { experimentOf, SET, TEST, tool, TRAIN, Workplace } from './testing.ts';

const place = new Workplace();

const planned = (link: string) => plan(experimentOf(link), { ...DATASETS[SET].shape, trainCount: TRAIN });

describe('what an exported file begins with', () => {
  it.each(['relu', 'leaky-relu', 'tanh', 'sigmoid', 'linear'])(
    '%s: the initial weights of the lab, to the bit, partitioned and whole',
    async (activation) => {
      const link = `layers=17,33,16&cuts=1,2&activation=${activation}&seed=4294967295&gain=0.3`;
      const flat = (name: string) => `
${name} = [number for part in parts["${name}"] for layer in e.build(part["layers"], part["firstLayer"])
           if isinstance(layer, torch.nn.Linear)
           for tensor in (layer.weight.detach().T, layer.bias.detach()) for number in tensor.reshape(-1).tolist()]`;
      const [partitions, network] = place.ask(
        await place.exported(link),
        `parts = {"partitions": e.CONFIG["partitions"], "network": [{"layers": e.CONFIG["network"], "firstLayer": 0}]}
${flat('partitions')}
${flat('network')}
print(json.dumps([partitions, network]))`,
      ) as number[][];
      const { labelNetwork, labelInitScales, network: whole, initScales } = planned(link);
      const { seed } = experimentOf(link);
      expect(Float32Array.from(partitions)).toEqual(initialParameters(labelNetwork, seed, labelInitScales));
      expect(Float32Array.from(network)).toEqual(initialParameters(whole, seed, initScales));
    },
  );

  it.each(LABEL_CODES)('%s labels are those of the lab', async (code) => {
    const link = `layers=60,40&cuts=1,2&code=${code}&seed=9&sparsity=0.2`;
    const tables = place.ask(
      await place.exported(link),
      'print(json.dumps([e.label_table(cut).reshape(-1).tolist() for cut in e.CONFIG["cuts"]]))',
    ) as number[][];
    labelTables(planned(link), experimentOf(link)).forEach((table, cut) => {
      const { values } = table!;
      if (code !== 'orthogonal' && code !== 'simplex')
        return expect(Float32Array.from(tables[cut])).toEqual(values);
      // They come from sums of products, which numpy adds in another order: 1e-6 of vectors of length about 7.
      values.forEach((value, i) => expect(Math.abs(tables[cut][i] - value)).toBeLessThan(1e-5));
    });
  });

  it.each([
    ['pictures', 784],
    ['data that are no pictures', 783],
  ])('features of %s are those of the lab', async (_, pixels) => {
    const [found] = place.ask(
      await place.exported('layers=20,16&cuts=1&targets=features&seed=9'),
      `print(json.dumps([e.feature_directions(${pixels}, e.CONFIG["cuts"][0]).reshape(-1).tolist()]))`,
    ) as number[][];
    const work = directions(pixels as number, 20, 9, 0);
    let next = work.next();
    while (!next.done) next = work.next();
    expect(found).toHaveLength(next.value.length);
    // Sums in another order, in double precision, of vectors of length 1.
    next.value.forEach((value, i) => expect(Math.abs(found[i] - value)).toBeLessThan(1e-6));
  });

  it('what labels carry is that of the lab, and so are the classes that are swapped', async () => {
    const link = 'layers=20,16&cuts=1&carry=0.7&swap=0.6&code=sparse&seed=9';
    const [weights, classes] = place.ask(
      await place.exported(link),
      `cut = e.CONFIG["cuts"][0]
train = e.argparse.Namespace(bytes=torch.zeros(1, 30))
own = torch.arange(50) % 7
e.CONFIG["classes"] = 7
print(json.dumps([e.Carried(cut, train).weights.reshape(-1).tolist(), e.shown(e.stream_key(9, "swap", 1), 3, own).tolist()]))`,
    ) as number[][];
    const [table] = labelTables({ ...planned(link), classes: 7 }, experimentOf(link));
    const size = carriedSize(table, 2);
    const work = carriedParameters({ pixels: 30, width: 20, coded: 6, size, seed: 9, cutIndex: 0 });
    let next = work.next();
    while (!next.done) next = work.next();
    // The root mean square is a sum in another order.
    weights.forEach((value, i) => expect(Math.abs(value - next.value![i])).toBeLessThan(1e-6));
    expect(weights).toHaveLength(30 * 20);
    const swap = { share: 0.6, key: swapKey(9, 1) };
    const { batch } = experimentOf(link);
    expect(classes).toEqual(Array.from({ length: 50 }, (_, n) => shownClass(swap, 3 * batch + n, n % 7, 7)));
  });

  it.each(['pure', 'mixtures'])('later partitions train on %s in the order of the lab', async (mix) => {
    const link = `layers=60,40&cuts=1,2&mix=${mix}&batch=50&seed=5`;
    const found = place.ask(
      await place.exported(link),
      `answers = []
for step in (0, 1, 7):
    feed = e.LabelFeed(2, torch.eye(e.CONFIG["classes"]))
    shares, targets = feed.batch(step)
    answers.append([shares.tolist(), targets.tolist()])
print(json.dumps(answers))`,
    ) as [number[][], number[]][];
    const { classes } = DATASETS[SET].shape;
    [0, 1, 7].forEach((step, at) => {
      const batch = { seed: 5, rank: 2, classes, batch: 50, mix: experimentOf(link).mix };
      const expected = labelBatches({ ...batch, from: step, to: step + 1 });
      const [shares, targets] = found[at];
      expect(Uint8Array.from(targets)).toEqual(expected.targets);
      shares.forEach((row, n) => {
        const sums = new Float32Array(classes);
        for (let slot = 0; slot < 4; slot++)
          sums[expected.classes[n * 4 + slot]] += expected.weights[n * 4 + slot];
        expect(Float32Array.from(row)).toEqual(sums);
      });
    });
  });

  it('images come in the order of the lab, standardised alike, and stay bytes until they are used', async () => {
    const file = await place.exported('layers=16&cuts=1&batch=100&seed=8');
    const [order, some, peak, pixels] = place.ask(
      file,
      `import tracemalloc
tracemalloc.start()
train, test = e.load("data", torch.device("cpu"))
peak = tracemalloc.get_traced_memory()[1]
assert train.bytes.dtype == test.bytes.dtype == torch.uint8
chosen = e.ImageFeed(train).chosen(3 * e.steps_per_epoch() + 1)
print(json.dumps([chosen.tolist(), train.inputs(torch.arange(3)).tolist(), peak, train.bytes.numel() + test.bytes.numel()]))`,
    ) as [number[], number[][], number, number];
    expect(Uint32Array.from(order)).toEqual(epochOrder(8, 3, TRAIN).subarray(100, 200));
    const { train, scale, shift, pixels: width } = await loadData(place.data, SET);
    some.forEach((row, n) =>
      row.forEach((value, i) => {
        // Values lie within ±4; one rounding of the product to single precision.
        expect(Math.abs(value - (train.images[n * width + i] * scale + shift))).toBeLessThan(1e-6);
      }),
    );
    expect(pixels).toBe((TRAIN + TEST) * width);
    // The file as read, and the images turned upright; then PyTorch's own copy, which is not traced.
    expect(peak).toBeLessThan(3 * pixels);
  });

  it.each(['pure', 'mixtures'])(
    'keeps every tensor of a step on the device that was asked for, fed with %s',
    async (mix) => {
      // There may be no GPU here. PyTorch's device `meta` refuses as well to compute with what lies elsewhere.
      const file = await place.exported(`layers=16,16,16&cuts=1,2&mix=${mix}&noise=0.5&recovery=1`);
      const devices = place.ask(
        file,
        `import argparse
e.Images.standardise = lambda images: setattr(images, "scale", 1.0) or setattr(images, "shift", 0.0)
e.write_weights, e.say = lambda *_: None, lambda _: None
seen = set()

class Elsewhere(e.Run):
    def __init__(self, strategy, part):
        self.options = argparse.Namespace(strategy=strategy, part=part, data="data", join=False, parts="parts")
        self.rank, self.world, self.device = 0, 1, torch.device("meta")

    def train(self, name, model, optimizer, work, first, last, alone=False):
        optimizer.zero_grad()
        seen.add(work(first).device.type)
        optimizer.step()
        seen.update(one.device.type for one in model.parameters())

    def finish(self, model, test):
        seen.add(model(test.inputs(torch.arange(3, device=self.device))).device.type)

for part in range(3):
    e.train_sil(Elsewhere("sil", part + 1))
e.train_whole(Elsewhere("conventional", None))
print(json.dumps(sorted(seen)))`,
      );
      expect(devices).toEqual(['meta']);
    },
  );

  it('has nothing that ruff objects to', async () => {
    const file = await place.exported('layers=16,16&cuts=1');
    expect(tool('ruff', 'check', '--isolated', file)).toEqual({ status: 0, said: 'All checks passed!\n' });
  });
});
