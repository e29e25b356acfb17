import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeUpFiles } from '../../data/testing.ts';
import { decode } from '../../experiment/link.ts';
import { tieWithin } from './measure.ts';
import { report, type ReportOptions } from './report.ts';
import { baselineOf, controlOf, experimentOf, runStudy, type StudyResult } from './run-study.ts';
import { ANYWHERE, BEST, STUDIES, type Study } from './studies.ts';
import { applyPreset, newcomers, PRESETS } from '../../experiment/presets.ts';
import { DEFAULTS } from '../../experiment/table.ts';

const TINY = 'data=mnist&layers=16x3&batch=20&epochs=2&recovery=0';
const SHARED: Study = {
  id: 'cuts',
  page: 'settings',
  title: 'Where the cut is',
  asks: 'Where?',
  kind: 'accuracy',
  rows: [
    { name: 'after layer 1', settings: 'cuts=1' },
    { name: 'sparse', settings: 'cuts=2&code=sparse' },
  ],
};
const COSTS: Study = {
  ...SHARED,
  id: 'cost',
  title: 'Costs',
  kind: 'cost',
  rows: [{ name: 'all', settings: 'cuts=2&strategies=conventional,sil,data' }],
  tradeOffs: true,
};
/** Rows with the same first cut, where features stand. */
const ALONE: Study = {
  ...SHARED,
  id: 'anywhere',
  page: 'results',
  controls: ['frozen', 'twin'],
  rows: [
    { name: 'two parts', settings: 'cuts=1&targets=features' },
    { name: 'three parts', settings: 'cuts=1,2&targets=features&code=sparse' },
    { name: 'later', settings: 'cuts=2&targets=auto' },
  ],
};

let folder: string;
let results: StudyResult[];
const options = () => ({
  link: TINY,
  data: join(folder, 'data'),
  seeds: 2,
  engine: 'cpu' as const,
  out: join(folder, 'kept'),
  evenClasses: true,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piecewise-study-'));
  await mkdir(join(folder, 'data'));
  for (const [name, bytes] of await madeUpFiles('mnist')) await writeFile(join(folder, 'data', name), bytes);
  const signal = new AbortController().signal;
  results = [
    await runStudy(SHARED, options(), signal, () => {}),
    await runStudy(COSTS, options(), signal, () => {}),
  ];
  // Nine runs, each with threads of its own that load TypeScript first.
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const about: ReportOptions = {
  dataName: 'MNIST, sample',
  dataset: 'MNIST',
  dataFacts: 'Few.',
  machine: 'Some machine',
  date: '2026-01-01',
  command: 'npm run reproduce',
  seeds: 2,
  playground: '',
  chart: (study) => `results/${study}.svg`,
};

describe('the studies', () => {
  it('ask for settings that links can have, on any of the data sets', () => {
    for (const { rows } of STUDIES)
      for (const row of rows)
        for (const set of ['emnist-balanced', 'mnist'])
          expect(experimentOf(row, `data=${set}`).data, row.name).toBe(set);
  });

  it('try the recipe that the page offers as the best', () => {
    const preset = PRESETS.find(({ id }) => id === 'best')!;
    const offered = applyPreset(preset, { ...DEFAULTS, data: 'mnist' });
    const { turn, test } = experimentOf({ name: '', settings: '' }, 'data=mnist');
    expect(experimentOf({ name: 'best', settings: BEST }, 'data=mnist')).toEqual({ ...offered, turn, test });
  });

  it('try the recipe that the page opens with', () => {
    const { targets, hybrid, code, mix, noise } = newcomers();
    const tried = experimentOf({ name: 'anywhere', settings: ANYWHERE }, 'data=mnist');
    expect(tried).toMatchObject({ targets, hybrid, code, mix, noise });
  });

  it('share controls between rows with the same first cut, and train those that say something of it', async () => {
    const [two, three] = ALONE.rows.map((row) => experimentOf(row, TINY));
    expect(controlOf(two, 'twin')).toEqual(controlOf(three, 'twin'));
    // A front that is made of what labels carry is made anew for other labels.
    const carried = experimentOf({ name: '', settings: 'cuts=1,2&carry=0.9&swap=0.5' }, TINY);
    expect(controlOf(carried, 'frozen')).toMatchObject({ cuts: [1], carry: 0.9, swap: DEFAULTS.swap });
    const { signal } = new AbortController();
    const result = await runStudy(
      ALONE,
      { ...options(), seeds: 1, out: join(folder, 'alone') },
      signal,
      () => {},
    );
    expect(result.rows.map(({ seeds }) => Object.keys(seeds[0]))).toEqual([
      ['conventional', 'sil', 'frozen', 'twin'],
      ['conventional', 'sil', 'frozen', 'twin'],
      ['conventional', 'sil', 'frozen'],
    ]);
    const text = report([result], about);
    expect(text).toContain('What is learned, and by whom');
    expect(text).toMatch(/\| two parts \| [\d.]+% \| – \| [\d.]+% \| [\d.]+% \|/);
    const [first] = result.rows;
    const [{ frozen, ...others }] = first.seeds;
    const above = { ...frozen!, final: { ...frozen!.final!, accuracy: 0.99 } };
    const outdone = { ...result, rows: [{ ...first, seeds: [{ ...others, frozen: above }] }] };
    expect(report([outdone], about)).toContain('Less than the layers behind the first cut alone (99.0%)');
    const below = { ...frozen!, final: { ...frozen!.final!, accuracy: 0 } };
    const open = { ...result, rows: [{ ...first, untold: true, seeds: [{ ...others, frozen: below }] }] };
    expect(report([open], about)).toContain('no control here tells');
    expect(text).toMatch(/\| later \| [\d.]+% \| [\d.]+% \| [\d.]+% \| – \|/);
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('compare rows that differ in labels only with the same conventional runs', async () => {
    const [first, second] = SHARED.rows.map((row) => baselineOf(experimentOf(row, TINY)));
    expect(first).toEqual(second);
    // Two seeds: of conventional training once, of SIL for each row, and of another strategy.
    expect(await readdir(join(folder, 'kept'))).toHaveLength(2 + 3 * 2 + 2);
    const [{ rows }] = results;
    expect(rows[0].seeds[1].conventional).toEqual(rows[1].seeds[1].conventional);
    expect(rows[0].seeds[0].sil).not.toEqual(rows[1].seeds[0].sil);
  });

  it('are reported with every row, its link and its verdict, and no message in training', () => {
    const text = report(results, about);
    expect(text).toContain('# Results on MNIST, sample');
    expect(text).toContain('![Where the cut is: test accuracy over epochs](results/cuts.svg)');
    expect(text).toContain('over bytes sent, and over memory of the fullest device](results/cost.svg)');
    expect(text).not.toContain('Full dots');
    for (const { rows } of results) {
      for (const { fragment, experiment } of rows) {
        expect(text).toContain(`#${fragment}`);
        expect(decode(fragment).experiment).toEqual(experiment);
      }
    }
    expect(text).toContain('0 messages while training');
    expect(text).toMatch(/\| sparse \| \d+\.\d% ± \d/);
    expect(text).toMatch(/Data parallel \| .* \| [1-9][\d,]*/);
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('call a difference a tie within two standard errors', () => {
    // √(2 · 0.8 · 0.2 / 2000) = 1.26%.
    expect(tieWithin(0.8, 2000)).toBeCloseTo(0.0253, 4);
  });
});
