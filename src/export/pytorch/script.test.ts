import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parser } from '@lezer/python';
import { afterAll, describe, expect, it } from 'vitest';
import { madeUpFiles } from '../../data/testing.ts';
import { decode } from '../../experiment/link.ts';
import { labelTables, plan } from '../../experiment/plan.ts';
import { LABEL_CODES } from '../../labels/codes.ts';
import { initialParameters } from '../../network/initialise.ts';
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

const folder = mkdtempSync(join(tmpdir(), 'piecewise-pytorch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(link: string): string {
  const file = join(folder, 'experiment.py');
  writeFileSync(file, pytorchScript(template, decode(link).experiment, SHAPE));
  return file;
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
    expect(text).toContain('--nproc_per_node=3');
  });

  it('would not pass with broken Python', () => {
    expect(syntaxErrors(`${template}\nif True\n  pass\n`)).not.toEqual([]);
  });
});

const python = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import torch, numpy']).status === 0,
);

// PyTorch is no part of this project; where it is installed, the file is run.
describe.runIf(python)('with PyTorch', () => {
  it('starts from the same weights and labels', () => {
    const link = 'layers=16,16,16&cuts=1,2&code=gaussian,simplex&seed=9';
    const file = written(link);
    const script = `
import importlib.util, json, torch
spec = importlib.util.spec_from_file_location("experiment", ${JSON.stringify(file)})
e = importlib.util.module_from_spec(spec)
spec.loader.exec_module(e)
weights = []
for part in e.CONFIG["partitions"]:
    for layer in e.build(part["layers"], part["firstLayer"]):
        if isinstance(layer, torch.nn.Linear):
            weights += layer.weight.detach().T.reshape(-1).tolist() + layer.bias.detach().tolist()
tables = [e.label_table(cut).reshape(-1).tolist() for cut in e.CONFIG["cuts"]]
print(json.dumps([weights, tables]))`;
    const [weights, tables] = JSON.parse(
      execFileSync(python!, ['-c', script], { maxBuffer: 1e8 }).toString(),
    );
    const { experiment } = decode(link);
    const planned = plan(experiment, SHAPE);
    expect(Float32Array.from(weights)).toEqual(
      initialParameters(planned.silNetwork, experiment.seed, planned.silGains),
    );
    labelTables(planned, experiment).forEach(({ values }, cut) => {
      // Orthogonal vectors come from sums of products, which numpy adds in another order: the last bit may differ.
      values.forEach((value, i) => expect(tables[cut][i]).toBeCloseTo(value, 5));
    });
  });

  it('trains SIL in two processes that send nothing until the join', async () => {
    for (const [name, bytes] of await madeUpFiles('mnist')) writeFileSync(join(folder, name), bytes);
    const file = written('data=mnist&layers=16,16&cuts=1&epochs=2&batch=20');
    // A port of this process's own: others may be testing too.
    const env = { ...process.env, MASTER_PORT: String(20_000 + (process.pid % 20_000)) };
    const said = execFileSync(python!, [file, '--data', folder, '--processes', '2'], { env }).toString();
    expect(said).toMatch(/rank 0: 12 steps .* while training: 0 messages, 0 bytes/);
    expect(said).toMatch(/rank 1: 12 steps .* while training: 0 messages, 0 bytes/);
    expect(said).toMatch(/SIL: [\d.]+% of the test images/);
  });
});
