/** The page's side of uneven classes: what a turn trains on and how a stage weighs it, the same for every strategy. */
import type { StageSpec } from '../engines/contract.ts';
import { balanceOf } from '../experiment/balances.ts';
import { turnImages, type Turn } from '../experiment/schedule.ts';
import type { RunContext } from './contract.ts';
import type { ImageFeed } from './images.ts';

type Balanced = Pick<RunContext, 'experiment' | 'data'>;

/** What a turn trains on. */
export function imageFeed({ experiment, data }: Balanced, turn: Turn, shuffle: number): ImageFeed {
  const { seed, batch, balance } = experiment;
  const feed = { seed, samples: data.train.count, turn, shuffle };
  if (!balanceOf(balance).order) return feed;
  // Copied: what crosses to a device takes its whole buffer along.
  return { ...feed, images: turnImages(turn, balancedOrder({ experiment, data }, shuffle), batch).slice() };
}

let kept: { key: string; labels: Uint8Array; order: Uint32Array } | null = null;

/** The epoch's order, kept between the turns of the epoch and for the next strategy. */
function balancedOrder({ experiment: { seed, balance }, data }: Balanced, epoch: number): Uint32Array {
  const { labels } = data.train;
  const key = `${balance}/${seed}/${epoch}`;
  if (kept?.key !== key || kept.labels !== labels) {
    kept = { key, labels, order: balanceOf(balance).order!({ seed, epoch, labels, classes: data.classes }) };
  }
  return kept.order;
}

/** How a stage that trains on the classes of images weighs them. */
export function weighing({ experiment, data }: Balanced): Pick<StageSpec, 'classWeights'> {
  const weights = balanceOf(experiment.balance).weights?.(data.train.labels, data.classes);
  return weights ? { classWeights: weights } : {};
}
