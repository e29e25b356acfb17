import { readFileSync } from 'node:fs';
import { parser } from '@lezer/python';
import { describe, expect, it } from 'vitest';
import { BALANCE_IDS } from '../../experiment/balances.ts';
import { decode } from '../../experiment/link.ts';
import { STRATEGIES, STRATEGY_IDS } from '../../experiment/strategies.ts';
import { LABEL_CODES } from '../../labels/codes.ts';
import { OPTIMIZER_IDS, OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { pytorchScript } from './script.ts';

const template = readFileSync(new URL('./template.py', import.meta.url), 'utf8');
const SHAPE = { pixels: 784, classes: 10, trainCount: 120 };

interface Config {
  readonly network: readonly object[];
  readonly cuts: readonly object[];
  readonly strategies: readonly string[];
}

const configOf = (text: string) =>
  JSON.parse(/CONFIG = json\.loads\(r"""([^]*?)"""\)/.exec(text)![1]) as Config;

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

  it('trains by the strategies whose descriptions say so, and offers no other', () => {
    const text = pytorchScript(template, decode('').experiment, SHAPE);
    const { strategies } = configOf(text);
    expect(strategies).toEqual(STRATEGY_IDS.filter((id) => STRATEGIES[id].inPytorch));
    const table = /^TRAINING = {\n([^}]*)}/m.exec(text)![1];
    expect([...table.matchAll(/"(\w+)": train_\w+/g)].map(([, id]) => id)).toEqual(strategies);
  });

  it('gives images to who makes features of them, and says that they are learnt', () => {
    const { experiment } = decode('layers=16,16,16&cuts=1,2&targets=auto&code=sparse');
    const text = pytorchScript(template, experiment, SHAPE);
    expect(syntaxErrors(text)).toEqual([]);
    expect(text).toContain('cut after layers 1 and 2, features, then Sparse labels');
    expect(text).toContain('--part 2 --data DIR');
    expect(text).not.toContain('--part 3 --data DIR');
    const copied = pytorchScript(template, { ...experiment, targets: 'codes', copy: 20 }, SHAPE);
    expect(copied).toContain('--part 2 --data DIR');
  });

  it.each(OPTIMIZER_IDS)('makes the optimizer of its link, and asks for no other: %s', (optimizer) => {
    const text = pytorchScript(template, decode(`optimizer=${optimizer}&decay=0.02`).experiment, SHAPE);
    expect(syntaxErrors(text)).toEqual([]);
    expect(text).toContain(
      `\ndef make_optimizer(parameters):\n    return ${OPTIMIZERS[optimizer].python.expression}\n`,
    );
    expect(text).toContain('"decay": 0.02');
    expect(text.includes('CONFIG["decay"]')).toBe(OPTIMIZERS[optimizer].decays);
    expect(text.match(/torch\.optim\.(SGD|Adam|AdamW|Optimizer)\b/g)).toHaveLength(1);
  });

  it.each(OPTIMIZER_IDS)('reads nothing of its settings that is not there, with %s', (optimizer) => {
    const link = `layers=16,16,16&cuts=1,2&optimizer=${optimizer}&code=sparse,gaussian`;
    const text = pytorchScript(template, decode(link).experiment, SHAPE);
    const config = configOf(text);
    const read = (what: string) =>
      new Set([...text.matchAll(new RegExp(`\\b${what}\\["(\\w+)"\\]`, 'g'))].map(([, key]) => key));
    expect(read('CONFIG').size).toBeGreaterThan(20);
    expect([...read('CONFIG')].filter((key) => !(key in config))).toEqual([]);
    expect([...read('layer')].filter((key) => !(key in config.network[0]))).toEqual([]);
    expect([...read('cut')].filter((key) => !(key in config.cuts[0]))).toEqual([]);
  });

  it.each(BALANCE_IDS)('is Python that balances its classes: %s', (balance) => {
    const text = pytorchScript(template, decode(`balance=${balance}`).experiment, SHAPE);
    expect(syntaxErrors(text)).toEqual([]);
    expect(text.match(/^def (epoch_order|class_weights)\(/gm)).toHaveLength(2);
    expect(text.includes('classes balanced by')).toBe(balance !== 'none');
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
