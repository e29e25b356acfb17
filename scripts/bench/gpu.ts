/**
 * The benchmark for a machine with a real GPU. Needs nothing but Node and the npm package `webgpu` (Dawn):
 *
 *   npm run bench:bundle                   writes build/gpu.mjs, one file with everything in it
 *   scp build/gpu.mjs there: && ssh there 'npm install webgpu && node gpu.mjs'
 *
 * Prints GFLOP/s of the GPU's multiply-add peak and of each product of a layer with each tile, then steps per second of
 * Piecewise and TensorFlow.js on the same adapter for widths 512 to 4096 at batches 128 and 1024. `--json` for JSON,
 * `--widths 512,1024`, `--batches 128`.
 */
import { parseArgs } from 'node:util';
import { create, globals } from 'webgpu';
import { watchGpuBuffers } from './bytes.ts';
import { contender as piecewise } from './contenders/piecewise.ts';
import { contender as tensorflow } from './contenders/tensorflow.ts';
import { GpuDevice } from '../../src/engines/webgpu/gpu-device.ts';
import { gpuPeak } from './gpu-peak.ts';
import { measureGpuProducts, type GpuProduct } from './gpu-products.ts';
import { REGISTER_TILE, TILES } from '../../src/engines/webgpu/kernels/tile.ts';
import { isSoftware } from '../../src/engines/webgpu/adapter.ts';
import { flopsPerStep, nameOf, type Problem } from './problem.ts';
import { interleave, spreadOf, type Spread } from './rounds.ts';
import { figure, table } from './tables.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    widths: { type: 'string', default: '512,1024,2048,4096' },
    batches: { type: 'string', default: '128,1024' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
  },
});
const numbers = (text: string) => text.split(',').map(Number);

Object.assign(globalThis, globals);
if (!globalThis.navigator) Object.assign(globalThis, { navigator: {} });
const gpu = create([]) as GPU;
Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu });
watchGpuBuffers();

if (!(await gpu.requestAdapter())) {
  throw new Error('Dawn finds no GPU here. On Linux it needs a Vulkan driver and libvulkan.so.1.');
}
const widths = numbers(options.widths);
const batches = numbers(options.batches);
const own = await GpuDevice.open(gpu);
const { name } = own;
const peak = await gpuPeak(own.device);
process.stderr.write(`${name}: multiply-add peak ${figure(peak)} GFLOP/s in float32\n`);
// What the engine itself chooses from on such an adapter.
const tiles = isSoftware(own.adapter) ? [REGISTER_TILE] : TILES;
const products: GpuProduct[] = [];
for (const width of widths) {
  for (const batch of batches) {
    for (const inputs of [784, width]) {
      process.stderr.write(`products of ${inputs} → ${width}, batch ${batch} …\n`);
      const seconds = Number(options.seconds) / 10;
      products.push(...(await measureGpuProducts(own, { batch, inputs, outputs: width }, tiles, seconds)));
    }
  }
}
own.close();

interface GpuRow {
  readonly network: string;
  readonly batch: number;
  readonly library: string;
  readonly about: string;
  readonly stepsPerSecond: Spread;
  readonly gflops: number;
  readonly ofPeak: number;
}

const rows: GpuRow[] = [];
for (const width of widths) {
  for (const batch of batches) {
    const problem: Problem = { widths: [784, width, width, width, width, width, 47], batch };
    process.stderr.write(`${nameOf(problem.widths)}, batch ${batch} …\n`);
    const running = {
      piecewise: await piecewise('webgpu')(problem),
      'tensorflow.js': await tensorflow('webgpu')(problem),
    };
    const entries = Object.entries(running);
    const losses: number[] = [];
    for (const [, each] of entries) losses.push(await each.run(1));
    if (!(Math.abs(losses[0] - losses[1]) < 1e-2)) {
      throw new Error(`The first losses differ (${losses.join(', ')}): the two do not do the same work.`);
    }
    const rates = await interleave(
      entries.map(
        ([, each]) =>
          (steps: number) =>
            each.run(steps),
      ),
      { rounds: Number(options.rounds), seconds: Number(options.seconds), budget: 30 },
    );
    entries.forEach(([library, { about }], i) => {
      const spread = spreadOf(rates[i]);
      const gflops = (flopsPerStep(problem) * spread.median) / 1e9;
      const network = nameOf(problem.widths);
      rows.push({ network, batch, library, about, stepsPerSecond: spread, gflops, ofPeak: gflops / peak });
    });
    for (const [, each] of entries) await each.stop();
  }
}

if (options.json) {
  console.log(JSON.stringify({ adapter: name, peakGflops: peak, products, rows }, null, 2));
} else {
  console.log(`${name}, float32 multiply-add peak ${figure(peak)} GFLOP/s\n`);
  const share = (gflops: number) => `${figure(gflops)} (${figure((100 * gflops) / peak)}%)`;
  const shapes = products.map(({ batch, inputs, outputs, product, tiles: [best, ...others] }) => [
    `${batch} × ${inputs} → ${outputs}`,
    product,
    share(best.gflops),
    best.tile,
    others.map(({ tile, gflops }) => `${tile}: ${figure(gflops)}`).join('; '),
  ]);
  const heads = ['batch × inputs → outputs', 'product', 'GFLOP/s', 'fastest tile', 'the others'];
  console.log(`Products (share of the peak), the weight gradient with Adam:\n\n${table(heads, shapes)}\n`);
  const cells = rows.map((row, i) => [
    `${row.network}, batch ${row.batch}`,
    row.library,
    figure(row.stepsPerSecond.median),
    figure(row.gflops),
    `${figure(100 * row.ofPeak)}%`,
    i % 2 === 0 ? `${figure(row.stepsPerSecond.median / rows[i + 1].stepsPerSecond.median)}×` : '',
  ]);
  console.log(table(['network', 'library', 'steps/s', 'GFLOP/s', 'of the peak', 'ours faster by'], cells));
}
// Dawn's devices keep the process alive.
process.exit(0);
