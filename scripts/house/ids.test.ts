/** What differs by choice is asked of the choice: nobody outside its own folder compares with its id. */
import { afterAll, expect, it } from 'vitest';
import { BALANCE_IDS } from '../../src/experiment/balances.ts';
import { DATASET_IDS } from '../../src/experiment/datasets.ts';
import { ENGINE_IDS } from '../../src/experiment/engines.ts';
import { STRATEGY_IDS } from '../../src/experiment/strategies.ts';
import { LABEL_CODES } from '../../src/labels/codes.ts';
import { MIX_IDS } from '../../src/labels/mixes.ts';
import { ACTIVATIONS } from '../../src/network/activations.ts';
import { LAYER_KINDS } from '../../src/network/layers/registry.ts';
import { OPTIMIZER_IDS } from '../../src/network/optimizers/registry.ts';
import { comparisonsIn, type Comparison } from './comparisons.ts';
import { Sources } from './sources.ts';

const KINDS: Readonly<Record<string, readonly string[]>> = {
  strategy: STRATEGY_IDS,
  engine: ENGINE_IDS,
  'data set': DATASET_IDS,
  'label code': LABEL_CODES,
  'choice of synthetic inputs': MIX_IDS,
  balance: BALANCE_IDS,
  optimizer: OPTIMIZER_IDS,
  activation: ACTIVATIONS,
  'kind of layer': LAYER_KINDS,
};

/** Tests, and what is there for them, say what they expect of one choice. */
const OF_TESTS = /\.test\.tsx?$|\/testing\.ts$|\/contract-tests\/|\/walk\//;

/** Whether a value is a choice of this kind: it can be any id, or, where some are ruled out already, most of them. */
const isOf = (ids: readonly string[], { literal, of }: Pick<Comparison, 'literal' | 'of'>): boolean =>
  ids.includes(literal) &&
  (ids.every((id) => of.includes(id)) ||
    (of.every((one) => ids.includes(one)) && of.length > ids.length / 2));

/** Whether a file is of this choice alone: `sil.ts`, or in a folder `sil/`. */
const isHome = (file: string, id: string): boolean => file.split(/[/.]/).includes(id);

const sources = new Sources();
afterAll(() => sources.close());

const offences = (file: string): string[] =>
  comparisonsIn(sources, file).flatMap((found) =>
    Object.entries(KINDS)
      .filter(([, ids]) => isOf(ids, found) && !isHome(file, found.literal))
      .map(
        ([kind]) =>
          `${file}:${found.line} asks for the ${kind} “${found.literal}”: ask its description instead.`,
      ),
  );

it('nobody asks for a choice by its id', () => {
  const files = sources.files().filter((file) => /^(src|scripts)\//.test(file) && !OF_TESTS.test(file));
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap(offences)).toEqual([]);
});

it('sees it where somebody does, however it is written', () => {
  // In place of a file that the checker reads already.
  const file = 'scripts/patience.ts';
  const text = `
    import type { EngineId } from '../src/experiment/engines.ts';
    import { STRATEGIES, type StrategyId } from '../src/experiment/strategies.ts';
    export const a = (id: StrategyId) => id === 'sil';
    export const b = (id: StrategyId | null) => 'sil' !== id;
    export const c = (ids: readonly StrategyId[]) => ids.includes('fsdp');
    export function d(engine: 'auto' | EngineId) { switch (engine) { case 'cpu': return 1; default: return 0; } }
    export const e = (kind: 'data' | 'labels') => kind === 'data';
    export const f = (id: StrategyId) => STRATEGIES[id].spread === 'copies';`;
  sources.lay(new Map([[file, text]]));
  expect(
    offences(file).map((one) =>
      one
        .match(/:(\d+) .*“(.*)”/)!
        .slice(1, 3)
        .join(' '),
    ),
  ).toEqual(['4 sil', '5 sil', '6 fsdp', '7 cpu']);
});
