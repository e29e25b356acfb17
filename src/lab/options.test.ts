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
    expect(readOptions(['sweep=cuts:1~2~seeds:3', '--sweep', 'noise=0,1', '--seeds', '2'])).toMatchObject({
      seeds: 2,
      sweeps: [{ key: 'noise', values: ['0', '1'] }],
    });
    expect(() => readOptions(['sweep=speed:9'])).toThrow(/no setting “speed” to sweep/);
    expect(() => readOptions(['a', 'b'])).toThrow(/found 2/);
    expect(() => readOptions(['--seeds', 'many'])).toThrow(/"many"/);
    expect(() => readOptions(['--out', ''])).toThrow(/--out takes a name/);
    expect(() => readOptions(['--csv', ' '])).toThrow(/--csv takes a name/);
    expect(() => readOptions(['--engine', 'steam'])).toThrow(/"steam"/);
  });
});
