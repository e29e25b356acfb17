import { describe, expect, it } from 'vitest';
import { gridOf, readSweep, remarksOn } from './grid.ts';

describe('a grid', () => {
  it('has every combination, on top of the link', () => {
    const cells = gridOf('https://example.org/#seed=5&cuts=2', [
      readSweep('cuts=1;1,2;3'),
      readSweep('code=gaussian,sparse'),
    ]);
    expect(cells.map(({ experiment }) => [experiment.cuts, experiment.code, experiment.seed])).toEqual([
      [[1], ['gaussian'], 5],
      [[1], ['sparse'], 5],
      [[1, 2], ['gaussian'], 5],
      [[1, 2], ['sparse'], 5],
      [[3], ['gaussian'], 5],
      [[3], ['sparse'], 5],
    ]);
    expect(cells[1].settings).toEqual({ cuts: '1', code: 'sparse' });
  });

  it('has each experiment once, however it is written', () => {
    expect(gridOf('', [readSweep('cuts=1,1,2')]).map(({ settings }) => settings)).toEqual([
      { cuts: '1' },
      { cuts: '2' },
    ]);
    expect(gridOf('', [readSweep('layers=64x3;64,64,64')])).toHaveLength(1);
  });

  it('sweeps over a setting that a link says by its former name, and the other way round', () => {
    for (const [link, sweep] of [
      ['modes=conventional', 'strategies=sil'],
      ['strategies=conventional', 'modes=sil'],
    ])
      expect(gridOf(link, [readSweep(sweep)])).toMatchObject([{ experiment: { strategies: ['sil'] } }]);
    expect(() => gridOf('', [readSweep('modes=sil'), readSweep('strategies=sil')])).toThrow(/Two sweeps set/);
  });

  it('is the link alone without sweeps', () => {
    expect(gridOf('epochs=3', [])).toMatchObject([{ settings: {}, experiment: { epochs: 3 } }]);
  });

  it('reads a link that was changed on its way as it was meant, and says so', () => {
    const link = 'layers=64x4&cuts=2&seed=7';
    const meant = gridOf(link, [readSweep('epochs=2,3')]);
    for (const changed of [link.replaceAll('&', '&amp;'), encodeURIComponent(link), `${link}).`]) {
      expect(gridOf(`https://example.org/#${changed}`, [readSweep('epochs=2,3')])).toEqual(meant);
      expect(remarksOn(`#${changed}`).join()).toMatch(/It was read as it was meant\.$/);
    }
    expect(remarksOn(link)).toEqual([]);
    // What is lost besides is refused all the same.
    expect(() => gridOf(`${link}&amp;batch=many`, [])).toThrow(/^(?!.*on the way).*batch/i);
  });

  it('does not guess whether a comma parts values or stands for a point', () => {
    for (const [sweep, decimal] of [
      ['rate=0,001', '0.001'],
      ['decay=0,01', '0.01'],
      ['hybrid=0,3', '0.3'],
      ['scale=0,5', '0.5'],
    ])
      expect(() => readSweep(sweep), sweep).toThrow(`, or ${decimal}, with points`);
    // Whole numbers have none, and these can be read one way.
    expect(readSweep('recovery=0,1').values).toEqual(['0', '1']);
    expect(readSweep('noise=0,0.5,1').values).toEqual(['0', '0.5', '1']);
    expect(readSweep('hybrid=0;1').values).toEqual(['0', '1']);
    expect(readSweep('code=gaussian,sparse').values).toEqual(['gaussian', 'sparse']);
    // Nor whether a point stands for a thousand.
    expect(() => gridOf('', [readSweep('batch=1.000')])).toThrow(/batch: found “1.000”, expected a whole/);
    expect(() => gridOf('layers=1.000x3', [])).toThrow(/layers: found “1.000/);
    expect(gridOf('rate=1.000', [])).toMatchObject([{ experiment: { learningRate: 1 } }]);
  });

  it('refuses what a link cannot have, with its sentence', () => {
    expect(() => gridOf('batch=many', [])).toThrow(/batch/i);
    expect(() => gridOf('', [readSweep('cuts=99')])).toThrow(/99/);
    expect(() => gridOf('speed=9', [])).toThrow(/refused, and nothing was run: speed: found “9”, expected/);
    expect(() => gridOf('speed=9', [])).not.toThrow(/left out\./);
    expect(() => gridOf('', [readSweep('cuts=1'), readSweep('cuts=2')])).toThrow(/Two sweeps set cuts/);
    expect(() => readSweep('cuts')).toThrow(/found "cuts"/);
    expect(() => readSweep('cuts=')).toThrow(/looks like/);
  });
});
