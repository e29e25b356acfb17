import { describe, expect, it } from 'vitest';
import { decode, encode, mended } from '../../experiment/link.ts';
import { DEFAULTS } from '../../experiment/table.ts';
import { askOf, commandOf, MOST_RUNS, planSweep, readAsk, writeAsk } from './ask.ts';
import { readSweep } from './grid.ts';

const ASK = {
  sweeps: [
    { key: 'cuts', values: ['1', '1,2', 'none'] },
    { key: 'noise', values: ['0', '0.5'] },
  ],
  seeds: 3,
};

describe('a sweep in a link', () => {
  it('reads as it was written, in signs that links show as they are', () => {
    const written = writeAsk(ASK);
    expect(written).toBe('cuts:1~1,2~none~noise:0~0.5~seeds:3');
    expect(readAsk(written)).toEqual(ASK);
    const link = encode(DEFAULTS, { sweep: written });
    expect(link).toContain(`sweep=${written}&`);
    expect(askOf(`https://example.org/#${link}`)).toEqual(ASK);
    expect(askOf(encode(DEFAULTS))).toBeNull();
  });

  it('comes through mail and chat', () => {
    const link = encode(DEFAULTS, { sweep: writeAsk(ASK) });
    for (const changed of [encodeURIComponent(link), link.replaceAll('&', '&amp;'), `${link}).`])
      expect(decode(mended(changed).fragment).extras.sweep).toBe(writeAsk(ASK));
  });

  it('has every run in it, each once', () => {
    const { cells, jobs, fragment } = planSweep({ ...DEFAULTS, seed: 5 }, 'cuts:1~2~2~seeds:2');
    expect(cells.map(({ experiment }) => experiment.cuts)).toEqual([[1], [2]]);
    expect(jobs.map(({ cell, seed }) => [cell.settings['cuts'], seed])).toEqual([
      ['1', 5],
      ['1', 6],
      ['2', 5],
      ['2', 6],
    ]);
    expect(askOf(fragment)).toEqual({ sweeps: [{ key: 'cuts', values: ['1', '2', '2'] }], seeds: 2 });
  });

  it.each([
    ['', /looks like sweep=cuts:1~2~3~seeds:3, but “” was found/],
    ['1~2', /looks like/],
    ['cuts:', /looks like/],
    ['cuts:1~seeds:0', /1 to 100 seeds, but “0” was found/],
    ['cuts:1~seeds:2~3', /“2~3” was found/],
    ['view:runs', /no setting “view”/],
    ['cuts:1~99', /cannot be swept: cuts: found “99”, expected/],
    ['batch:1~many', /cannot be swept: batch: found “many”, expected/],
    ['cuts:1~cuts:2', /sets cuts twice.*into one: cuts:A~B~C/],
    [`cuts:1~2~3~seeds:${MOST_RUNS / 2}`, /300 runs, and at most 200/],
  ])('that says “%s” is refused in a sentence', (written, sentence) => {
    expect(() => planSweep(DEFAULTS, written)).toThrow(sentence);
  });

  it('opens in a terminal by its command', () => {
    const command = commandOf(DEFAULTS, { sweeps: [{ key: 'cuts', values: ['1,2'] }], seeds: 2 }, 'webgpu');
    const [, sweep] = /--sweep '([^']*)'/.exec(command)!;
    expect(readSweep(sweep)).toEqual({ key: 'cuts', values: ['1,2'] });
    expect(command).toBe(
      `npm run lab -- '#${encode(DEFAULTS)}' --sweep 'cuts=1,2;' --seeds 2 --engine webgpu --out build/sweep --csv sweep.csv`,
    );
    expect(commandOf(DEFAULTS, ASK, null)).toContain(
      "--sweep 'cuts=1;1,2;none' --sweep 'noise=0;0.5' --seeds 3 --out",
    );
  });
});
