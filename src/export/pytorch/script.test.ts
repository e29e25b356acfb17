import { readFileSync } from 'node:fs';
import { parser } from '@lezer/python';
import { describe, expect, it } from 'vitest';
import { decode } from '../../experiment/link.ts';
import { LABEL_CODES } from '../../labels/codes.ts';
import { pytorchScript } from './script.ts';

const template = readFileSync(new URL('./template.py', import.meta.url), 'utf8');
const SHAPE = { pixels: 784, classes: 10, trainCount: 120 };

/** Where Python reports a syntax error, if it does. */
function syntaxErrors(text: string): string[] {
  const found: string[] = [];
  parser.parse(text).iterate({
    enter({ type, from }) {
      if (type.isError) found.push(text.slice(Math.max(0, from - 30), from + 30));
    },
  });
  return found;
}

describe('an experiment for PyTorch', () => {
  it.each(LABEL_CODES)('is Python, says where it comes from, and leaves no gap: %s', (code) => {
    const text = pytorchScript(
      template,
      decode(`layers=16,16,16&cuts=1,2&code=${code}&mix=mixtures&noise=0.5`).experiment,
      SHAPE,
    );
    expect(syntaxErrors(text)).toEqual([]);
    expect(text).toContain('784 → 16 × 3 → 10 (ReLU), cut after layers 1 and 2');
    expect(text).toContain('Made by Piecewise from #');
    expect(text).not.toMatch(/@[A-Z]+@/);
    expect(text).toContain('--processes 3 ');
    expect(text).toContain('--part 3');
  });

  it('says with what it began besides its settings, whatever that was called', () => {
    const weights = 'odd \\ \' " name.safetensors';
    const { experiment } = decode('layers=16,16&cuts=1&recovery=2&recovery-rate=0.005');
    const text = pytorchScript(template, experiment, SHAPE, { evenClasses: true, weights });
    expect(syntaxErrors(text)).toEqual([]);
    const config = /CONFIG = json\.loads\(r"""([^]*?)"""\)/.exec(text)![1];
    expect(JSON.parse(config)).toMatchObject({
      weights,
      evenClasses: true,
      recovery: 2,
      recoveryLearningRate: 0.005,
    });
  });

  it('would not pass with broken Python', () => {
    expect(syntaxErrors(`${template}\nif True\n  pass\n`)).not.toEqual([]);
  });
});
