/**
 * Which tile computes a product fastest on this adapter: tried once per product and shape, then remembered. All tiles
 * add up in the same order, so a choice changes the time and not the result.
 *
 * Only graphics cards are tuned. On a software adapter a kernel takes a second to compile and register tiles always win
 * (`kernels/forward.ts`).
 */
import { Queue } from '../../messages/queue.ts';
import type { ProductName, TunedProduct } from '../contract.ts';
import type { GpuDevice } from './gpu-device.ts';
import { sharable, type DenseShape } from './kernels/shape.ts';
import { REGISTER_TILE, tileName, TILES, type Tile } from './kernels/tile.ts';
import { openTrial, type ProductSize } from './trial.ts';
import type { TuningStore } from './tuning-store.ts';

/** Long beside the clock's grain, short for a person. */
const TRIAL = { ms: 3, rounds: 2 };
/** No product is tried for longer; the best tile so far is taken then. Longer only if one trial is. */
const PRODUCT_MS = 400;

/** What decides the time of a product. */
interface ProductShape extends ProductSize {
  readonly product: ProductName;
}

export interface TunerOptions {
  /** Whether to try tiles at all; otherwise register tiles it is. */
  readonly enabled: boolean;
  readonly store: TuningStore;
  readonly tiles?: readonly Tile[];
}

interface Choice {
  readonly tile: Tile;
  /** As measured when it was chosen. */
  readonly gflops: number;
}

export class Tuner {
  private readonly gpu: GpuDevice;
  private readonly options: TunerOptions;
  private readonly choices = new Map<string, Promise<Choice>>();
  private readonly found: TunedProduct[] = [];
  private readonly trials = new Queue();

  constructor(gpu: GpuDevice, options: TunerOptions) {
    this.gpu = gpu;
    this.options = options;
  }

  /** What was chosen so far. */
  get chosen(): readonly TunedProduct[] {
    return this.found;
  }

  /** @param rows Samples in a batch. */
  async choose(product: ProductName, layer: DenseShape, rows: number): Promise<Tile> {
    if (!this.options.enabled || !sharable(layer)) return REGISTER_TILE;
    const shape = { product, rows, inputs: layer.inputs, outputs: layer.outputs };
    const key = `${product} ${rows} × ${layer.inputs} × ${layer.outputs}`;
    let choice = this.choices.get(key);
    if (!choice) {
      // One at a time: trials that share the card would time each other.
      choice = this.trials.add(() => this.recall(key, shape));
      this.choices.set(key, choice);
    }
    return (await choice).tile;
  }

  private async recall(key: string, shape: ProductShape): Promise<Choice> {
    const { store, tiles = TILES } = this.options;
    const record = `1/${this.gpu.name}/${key}`;
    const remembered = await store.get(record);
    const tile = tiles.find((one) => tileName(one) === remembered?.tile);
    const choice = tile ? { tile, gflops: remembered!.gflops } : await this.measure(shape, tiles);
    if (!tile) await store.set(record, { tile: tileName(choice.tile), gflops: choice.gflops });
    this.found.push({ ...shape, kernel: tileName(choice.tile), gflops: choice.gflops });
    return choice;
  }

  private async measure({ product, ...size }: ProductShape, tiles: readonly Tile[]): Promise<Choice> {
    const trial = await openTrial(this.gpu, size);
    try {
      const deadline = performance.now() + PRODUCT_MS;
      let best: Choice | null = null;
      for (const tile of tiles) {
        // The last one, register tiles, is tried in any case.
        if (performance.now() > deadline && tile !== REGISTER_TILE) continue;
        // A tile that does not run here is no choice; register tiles run everywhere.
        const gflops = await trial.gflops(product, tile, TRIAL).catch((error: unknown) => {
          if (tile === REGISTER_TILE) throw error;
          return 0;
        });
        if (gflops > (best?.gflops ?? 0)) best = { tile, gflops };
      }
      return best!;
    } finally {
      trial.close();
    }
  }
}
