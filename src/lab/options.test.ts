import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('options of the lab', () => {
  it('are read, and refused with a sentence', () => {
    expect(readOptions(['epochs=2', '--seeds', '3', '--epochs', '4', '--json'])).toMatchObject({
      link: 'epochs=2',
      seeds: 3,
      sweeps: [{ key: 'epochs', values: ['4'] }],
      engine: 'cpu',
      json: true,
    });
    expect(readOptions(['epochs=2&sweep=cuts:1~2~seeds:3'])).toMatchObject({
      seeds: 3,
      sweeps: [{ key: 'cuts', values: ['1', '2'] }],
    });
    expect(readOptions(['sweep=cuts:1~2~seeds:3', '--sweep', 'noise=0;1', '--seeds', '2'])).toMatchObject({
      seeds: 2,
      sweeps: [{ key: 'noise', values: ['0', '1'] }],
    });
    expect(() => readOptions(['sweep=speed:9'])).toThrow(/no setting “speed” to sweep/);
    expect(() => readOptions(['a', 'b'])).toThrow(/found 2/);
    expect(() => readOptions(['--seeds', 'many'])).toThrow(/"many"/);
    expect(() => readOptions(['--seeds', '1.000'])).toThrow(/"1.000"/);
    expect(() => readOptions(['--jobs', '2.000'])).toThrow(/"2.000"/);
    expect(() => readOptions(['--out', ''])).toThrow(/--out takes a name/);
    for (const option of ['--csv', '--weights', '--train-files', '--layer-order'])
      expect(() => readOptions([option, ' ']), option).toThrow(`${option} takes a name`);
    expect(() => readOptions(['--engine', 'steam'])).toThrow(/"steam"/);
    expect(() => readOptions(['--turn', '45'])).toThrow(/0, 90, 180 or 270 degrees, but found "45"/);
    expect(() => readOptions(['--mirror', '--export-pytorch', 'x.py'])).toThrow(/official files/);
  });

  it('say how files are meant', () => {
    const files = (...args: string[]) => readOptions(args).files;
    expect(files()).toEqual({});
    expect(files('--train-files', 'a.idx, b.idx')).toEqual({ trainFiles: ['a.idx', 'b.idx'] });
    expect(files('--turn', '270', '--mirror')).toEqual({ orientation: { mirror: true, turn: 270 } });
    expect(files('--mirror')).toEqual({ orientation: { mirror: true, turn: 0 } });
  });
});
