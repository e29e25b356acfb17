/** Which run is which: by all that its numbers follow from, so that one that is kept is never made again, nor taken for another. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { version } from '../../../package.json' with { type: 'json' };
import type { Dataset } from '../../data/dataset.ts';
import type { EngineId } from '../../engines/contract.ts';
import { ENGINE_FACTS } from '../../experiment/engines.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { LINK_VERSION } from '../../experiment/link.ts';
import { DEFAULTS } from '../../experiment/table.ts';

/** All that a run's numbers follow from: two runs of the same are the same. */
export interface RunIdentity {
  /** Every setting that results follow from, also those at their default: a default may change. */
  readonly experiment: Omit<Experiment, 'engine' | 'threads'> & Partial<Pick<Experiment, 'threads'>>;
  /** The data set's content. */
  readonly data: string;
  /** What tells given weights from others; null where the seed's own were begun with. */
  readonly weights: string | null;
  /** Of each device or of all: the engine, and how often its results have changed. */
  readonly engines: readonly string[];
  readonly program: string;
}

export function identityOf(
  experiment: Experiment,
  { digest }: Pick<Dataset, 'digest'>,
  engines: readonly EngineId[],
  weights: string | null = null,
): RunIdentity {
  // Which engine 'auto' comes to is what counts.
  const { engine, threads, ...settings } = experiment;
  return {
    // Bits never depend on them, but times do: who asks for so many is not given the times of others.
    experiment: threads === DEFAULTS.threads ? settings : { ...settings, threads },
    data: digest,
    weights,
    engines: engine.map((_, place) => `${engines[place]} ${ENGINE_FACTS[engines[place]].revision}`),
    program: `${version}, links ${LINK_VERSION}`,
  };
}

/** A short name for it: 64 bits in hexadecimal. */
export const keyOf = (identity: RunIdentity): string =>
  bytesToHex(sha256(utf8ToBytes(canonical(identity)))).slice(0, 16);

/** JSON with the keys of objects in alphabetical order: the same for the same content. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
