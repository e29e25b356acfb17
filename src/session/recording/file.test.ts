import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSize, fromFile, toFile, toRunsFile, type NamedRun } from './file.ts';
import type { RecordedStrategy, Recording } from './recording.ts';
import { MOST_POINTS } from './schema.ts';
import { madeUpRecording } from './testing.ts';

const recording = madeUpRecording({ points: 5 });
const named = (id: string, over: Partial<NamedRun> = {}): NamedRun => ({
  id,
  name: `Run ${id}`,
  pinned: false,
  recording,
  ...over,
});

/** May be written to, at any depth. */
type Draft<T> = T extends object ? { -readonly [Key in keyof T]: Draft<T[Key]> } : T;

function recordingIn(text: string): Recording {
  const opened = fromFile('run.json', text);
  if (opened.kind !== 'run') throw new Error('More than a run.');
  return opened.recording;
}

/** Puts another letter at each place in turn, twice. Says what could be read, or throws what was said. */
function eachLetterChanged(text: string, read: (changed: string) => void): void {
  const letters = '0179abcsz_"{}[],:.-e ';
  fc.assert(
    fc.property(fc.constantFrom(...letters), fc.constantFrom(...letters), (one, other) => {
      for (let at = 0; at < text.length; at++) {
        const letter = text[at] === one ? other : one;
        if (letter !== text[at]) read(text.slice(0, at) + letter + text.slice(at + 1));
      }
    }),
    { seed: 1, numRuns: 3 },
  );
}

describe('a file of a run', () => {
  it('with any one letter changed opens as it was, or says why not', () => {
    let refused = 0;
    eachLetterChanged(toFile(recording), (changed) => {
      let read: Recording;
      try {
        read = recordingIn(changed);
      } catch (error) {
        refused++;
        expect((error as Error).message).toMatch(/^run\.json .*\.$/);
        return;
      }
      expect(read).toEqual(recording);
    });
    expect(refused).toBeGreaterThan(3000);
  });

  it('says that it was changed, however its keys and lines are ordered by now', () => {
    const value = JSON.parse(toFile(recording));
    const turned = Object.fromEntries(Object.entries(value).toReversed());
    expect(recordingIn(JSON.stringify(turned, null, 2))).toEqual(recording);
    value.strategies[0].columns.testAccuracy[2] = 0.99;
    expect(() => recordingIn(JSON.stringify(value))).toThrow(
      'run.json was changed after it was saved: its check value does not fit. Save the run again and use that file.',
    );
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    expect(() => recordingIn(`{"check":"","deep":${deep}}`)).toThrow(/check value does not fit/);
  });

  it('from before there was a check value opens', () => {
    expect(recordingIn(JSON.stringify(recording))).toEqual(recording);
  });

  it('opens however long the run was and whatever its devices are called', () => {
    const long = madeUpRecording({ points: MOST_POINTS + 1000, ids: ['conventional'] });
    const [strategy] = long.strategies;
    const wordy = {
      ...long,
      machine: 'm'.repeat(2000),
      data: 'd'.repeat(2000),
      weights: 'w'.repeat(2000),
      strategies: [
        {
          ...strategy,
          error: 'e'.repeat(5000),
          devices: strategy.devices.map((device) => ({ ...device, name: 'n'.repeat(500) })),
        },
      ],
    };
    const { columns } = recordingIn(toFile(wordy)).strategies[0];
    expect(columns.step.length).toBeGreaterThan(MOST_POINTS * 0.9);
    expect(columns.step.at(-1)).toBe(strategy.columns.step.at(-1));
  });

  it('of 21,105 points opens with all of them', () => {
    const long = madeUpRecording({ points: 21_105, ids: ['conventional'] });
    expect(recordingIn(toFile(long))).toEqual(long);
  });

  it('that is none is refused with a sentence, whatever it is', () => {
    expect(() => fromFile('x.json', '{')).toThrow('x.json is not JSON');
    expect(() => fromFile('x.json', '{}')).toThrow(/x\.json is not a recording.*it has nothing/);
    // A chart's numbers, or a sweep's.
    expect(() => fromFile('x.json', '{"head":[],"rows":[]}')).toThrow(
      /is not a recording .*it has head, rows, and a run that was saved .* was expected/,
    );
    expect(() => fromFile('x.json', '[]')).toThrow('x.json is a list of runs without any run in it.');
    expect(() => checkSize({ name: 'x.json', size: 1e9 })).toThrow('x.json is too large to be a recording.');
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(() => fromFile('x', JSON.stringify(value))).toThrow(/\.$/);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('numbers in a recording', () => {
  /** A file from before there was a check value, changed at one place. */
  function changed(change: (value: Draft<Recording>) => void): () => Recording {
    const value = structuredClone(recording) as Draft<Recording>;
    change(value);
    return () => recordingIn(JSON.stringify(value));
  }
  const column = (key: keyof RecordedStrategy['columns'], at: number, value: number | null) =>
    changed(({ strategies }) => (strategies[0].columns[key][at] = value));

  it.each<[what: string, read: () => Recording, why: RegExp]>([
    ['an accuracy above 1', column('testAccuracy', 2, 1.01), /columns\.testAccuracy\.2/],
    ['an accuracy below 0', column('trainAccuracy', 2, -0.1), /columns\.trainAccuracy\.2/],
    ['steps that fall', column('step', 3, 1), /columns\.step: Expected steps that rise/],
    ['a step twice', column('step', 3, 2), /Expected steps that rise/],
    ['a step that is no whole number', column('step', 3, 2.5), /columns\.step\.3/],
    ['no step', column('step', 3, null), /columns\.step\.3/],
    ['samples that are no whole number', column('samples', 3, 300.5), /columns\.samples.*whole/],
    ['a clock that goes back', column('seconds', 3, 0), /columns\.seconds: Expected numbers that never fall/],
    [
      'fewer points in one column',
      changed(({ strategies }) => (strategies[0].held = [])),
      /different number/,
    ],
    [
      'a final accuracy above 1',
      changed(({ strategies }) => (strategies[0].final = { accuracy: 2, count: 9 })),
      /final/,
    ],
    [
      'balanced accuracies of fewer points',
      changed(({ strategies }) => strategies[0].balancedAccuracy!.pop()),
      /different number/,
    ],
    [
      'the accuracy of a class above 1',
      changed(({ strategies }) => (strategies[0].classAccuracy![1][0] = 1.5)),
      /classAccuracy\.1\.0/,
    ],
    [
      'more recovery than points',
      changed(({ strategies }) => (strategies[0].recovery = 6)),
      /more points of recovery/,
    ],
    [
      'a share of images above 1',
      changed(({ strategies }) => (strategies[0].lists.nearestLabel[1] = [3])),
      /nearestLabel/,
    ],
    [
      'a share of units above 1',
      changed(({ strategies }) => (strategies[0].lists.deadUnits[1] = [3])),
      /deadUnits/,
    ],
    [
      'less with images than without',
      changed(({ strategies }) => (strategies[0].held[1] = [[2, 1]])),
      /held\.1\.0/,
    ],
    [
      'memory of a device too many',
      changed(({ strategies }) => strategies[0].held[1].push([1, 2])),
      /memory of no device/,
    ],
    [
      'messages to a device too many',
      changed(({ strategies }) => (strategies[0].devices[0].sentTo.join = { 1: { bytes: 1, messages: 1 } })),
      /messages to no device/,
    ],
    [
      'memory while something unknown was done',
      changed(({ strategies }) => (strategies[0].levels![0][0] = 5)),
      /levels\.0\.0/,
    ],
    [
      'an unknown kind of work',
      changed(({ strategies }) => (strategies[0].devices[0].spans[0][0] = 8)),
      /spans\.0\.0/,
    ],
    [
      'work that ends before it starts',
      changed(({ strategies }) => (strategies[0].devices[0].spans[1][2] = 1)),
      /spans\.1/,
    ],
    ['a strategy twice', changed(({ strategies }) => (strategies[1].id = 'conventional')), /strategy twice/],
    ['a day that never was', changed((value) => (value.date = '2026-02-31T03:04Z')), /date: .*calendar/],
    ['a month that never was', changed((value) => (value.date = '2026-13-01T03:04Z')), /date: .*calendar/],
  ])('%s: refused, with the place', (_, read, why) => {
    expect(read).toThrow(why);
    expect(read).toThrow(/^run\.json is not a recording of this version \(.*\)\.$/);
  });

  it('may be missing where a device was lost', () => {
    const read = changed(({ strategies }) => {
      for (const key of ['testAccuracy', 'testLoss', 'trainLoss', 'throughput'] as const)
        strategies[0].columns[key][4] = null;
      strategies[0].lists.rankLosses[4] = [null];
    });
    expect(read().strategies[0].columns.testAccuracy).toEqual([
      ...recording.strategies[0].columns.testAccuracy.slice(0, 4),
      null,
    ]);
  });
});

describe('a file of all kept runs', () => {
  const runs = [named('b', { pinned: true }), named('a')];

  it('opens all of them, with their names', () => {
    expect(fromFile('all.json', toRunsFile(runs))).toEqual({ kind: 'runs', runs, refused: [] });
  });

  it('opens as older versions wrote it', () => {
    const old = JSON.stringify(
      runs.map((run) => ({ ...run, shown: true })),
      null,
      1,
    );
    expect(fromFile('all.json', old)).toEqual({ kind: 'runs', runs, refused: [] });
  });

  it('opens in the words of version 1: modes, and rate', () => {
    const { strategies, ...rest } = { ...recording, learningRateChanges: [{ step: 2, learningRate: 0.01 }] };
    const former = {
      ...rest,
      version: 1,
      learningRateChanges: undefined,
      rateChanges: [{ step: 2, rate: 0.01 }],
      modes: strategies.map(({ columns: { learningRate, ...columns }, ...strategy }) => ({
        ...strategy,
        columns: { ...columns, rate: learningRate },
      })),
    };
    expect(fromFile('run.json', JSON.stringify(former))).toEqual({
      kind: 'run',
      recording: { ...rest, strategies },
    });
  });

  it('says which run it could not read, and opens the others', () => {
    const values = JSON.parse(toRunsFile([...runs, named('b'), named('c')]));
    values[1].name = 'Another name';
    values[3].recording = {};
    delete values[3].check;
    expect(fromFile('all.json', JSON.stringify(values))).toEqual({
      kind: 'runs',
      runs: [runs[0]],
      refused: [
        'Run 2 of all.json was changed after it was saved: its check value does not fit. Save the run again and use that file.',
        'Run 3 of all.json has the id of an earlier run in it, and was left out.',
        expect.stringMatching(
          /^Run 4 of all\.json is not a recording of this version \(it has nothing, .*\)\.$/,
        ),
      ],
    });
  });

  it('with any one letter changed opens as it was, or says what it left out', () => {
    eachLetterChanged(
      toRunsFile([named('a', { recording: madeUpRecording({ points: 2, ids: ['sil'] }) })]),
      (text) => {
        let opened;
        try {
          opened = fromFile('all.json', text);
        } catch (error) {
          expect((error as Error).message).toMatch(/all\.json.*\.$/);
          return;
        }
        expect(opened).toMatchObject({
          kind: 'runs',
          refused: [],
          runs: [{ id: 'a', name: 'Run a', pinned: false }],
        });
        expect(opened.kind === 'runs' && opened.runs[0].recording).toEqual(
          madeUpRecording({ points: 2, ids: ['sil'] }),
        );
      },
    );
  });
});
