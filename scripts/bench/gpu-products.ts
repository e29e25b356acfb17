/** GFLOP/s of the WebGPU engine's three products of a layer with every tile, one shape at a time. */
import type { ProductName } from '../../src/engines/contract.ts';
import type { GpuDevice } from '../../src/engines/webgpu/gpu-device.ts';
import { tileName, type Tile } from '../../src/engines/webgpu/kernels/tile.ts';
import { openTrial } from '../../src/engines/webgpu/trial.ts';

export interface ProductShape {
  readonly batch: number;
  readonly inputs: number;
  readonly outputs: number;
}

const PRODUCTS: readonly ProductName[] = ['forward', 'input gradient', 'weight gradient'];

export interface GpuProduct extends ProductShape {
  readonly product: ProductName;
  /** By tile, fastest first. */
  readonly tiles: readonly { readonly tile: string; readonly gflops: number }[];
}

/** @param seconds A measurement takes about this long. */
export async function measureGpuProducts(
  gpu: GpuDevice,
  shape: ProductShape,
  tiles: readonly Tile[],
  seconds: number,
): Promise<GpuProduct[]> {
  const { batch, inputs, outputs } = shape;
  const trial = await openTrial(gpu, { rows: batch, inputs, outputs });
  const measured: GpuProduct[] = [];
  for (const product of PRODUCTS) {
    const rates = [];
    for (const tile of tiles) {
      const gflops = await trial.gflops(product, tile, { ms: 1000 * seconds, rounds: 5 });
      rates.push({ tile: tileName(tile), gflops });
    }
    measured.push({ ...shape, product, tiles: rates.sort((a, b) => b.gflops - a.gflops) });
  }
  trial.close();
  return measured;
}
