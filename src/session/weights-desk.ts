/** Where weights from a file are taken, moved and put away again. */
import type { ReadWeights } from '../export/safetensors/read.ts';
import { derive } from './derive.ts';
import { placeWeights, type Wish } from './given-weights.ts';
import { sentence, type House } from './house.ts';
import { readWeights } from './read-weights.ts';
import { sessionText as text } from './words.ts';
import * as worlds from './world.ts';

export class WeightsDesk {
  private readonly house: House;

  constructor(house: House) {
    this.house = house;
  }

  async load(file: File): Promise<void> {
    try {
      this.give(file.name, await readWeights(file));
    } catch (error) {
      this.house.say(text.fileRefused(file.name, sentence(error)));
    }
  }

  /** Lays the file's layers otherwise than they were understood. */
  arrange(wish: Wish): void {
    const { weights } = this.house.world;
    if (!weights) return;
    try {
      this.give(weights.name, weights.read, { ...weights.wish, ...wish });
    } catch (error) {
      this.house.say(text.fileRefused(weights.name, sentence(error)));
    }
  }

  drop(): void {
    if (this.house.world.weights) this.house.make((from) => worlds.giveWeights(from, null, text.ownWeights));
  }

  /** @throws Error with a sentence, where they have no place. */
  private give(name: string, read: ReadWeights, wish?: Wish): void {
    const arranged = text.weightsArranged(name);
    this.house.make((from) => {
      const { experiment, dataset } = from;
      const { plan } = derive(experiment, dataset);
      const standardisation = dataset?.id === experiment.data ? dataset : null;
      const weights = placeWeights(
        name,
        read,
        { plan, strategies: experiment.strategies, standardisation },
        wish,
      );
      // Said once, however often a layer is moved.
      const quiet = worlds.unsay(from, ({ message }) => message === arranged);
      return worlds.giveWeights(quiet, weights, wish ? arranged : text.weightsUsed(name, weights.remarks));
    });
  }
}
