import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../src/export/safetensors/read.ts';
import { DATASETS } from '../../src/experiment/datasets.ts';
import { plan } from '../../src/experiment/plan.ts';
import { placeWeights } from '../../src/session/given-weights.ts';
import { experimentOf, SET, TRAIN, Workplace } from './testing.ts';

const LINK = 'layers=12,12,12,12,12,12,12,12,12,12,12&cuts=5';

const place = new Workplace();
const file = place.exportedFirst(LINK);

/** Twelve layers, most of one size, so that only names tell them apart: 2 stands before 10. */
const MODELS: Readonly<Record<string, string>> = {
  'a flat Sequential': 'model = nn.Sequential(*[m for linear in linears for m in (linear, nn.ReLU())])',
  'nested Sequentials':
    'model = nn.Sequential(*[nn.Sequential(*[m for linear in linears[i : i + 5] for m in (linear, nn.ReLU())]) for i in (0, 5, 10)])',
  'named modules': `model = nn.Module()
model.encoder = nn.ModuleList(linears[:11])
model.head = linears[11]`,
  'numbered names': `model = nn.Module()
for i, linear in enumerate(linears):
    setattr(model, f"fc{i + 1}", linear)`,
  DistributedDataParallel: `model = nn.Module()
model.module = nn.Sequential(*linears)`,
  'torch.compile': `model = torch.compile(nn.Sequential(*linears))`,
  'the file’s own join': `model = e.join([e.build(part["layers"], part["firstLayer"]) for part in e.CONFIG["partitions"]])
model.load_state_dict(dict(zip(model.state_dict(), [t for linear in linears for t in (linear.weight, linear.bias)])))`,
};

describe('weights that the reference library saved are read in order', () => {
  const { network, ...rest } = plan(experimentOf(LINK), { ...DATASETS[SET].shape, trainCount: TRAIN });
  const cases = Object.keys(MODELS).flatMap((name) =>
    ['float32', 'float16', 'bfloat16'].map((type) => ({ name, type })),
  );
  it.each(cases)('$name, $type', async ({ name, type }) => {
    const expected = place.ask(
      file,
      `from torch import nn
from safetensors.torch import save_file
torch.manual_seed(1)
linears = [nn.Linear(layer["inputs"], layer["outputs"]) for layer in e.CONFIG["network"]]
${MODELS[name]}
model.to(torch.${type})
save_file({name: tensor.contiguous() for name, tensor in model.state_dict().items()}, "model.safetensors")
print(json.dumps([n for linear in model.modules() if isinstance(linear, nn.Linear)
                  for one in (linear.weight.detach().float().T, linear.bias.detach().float())
                  for n in one.reshape(-1).tolist()]))`,
    ) as number[];
    const read = readSafetensors(new Uint8Array(await readFile(place.path('model.safetensors'))));
    const placed = placeWeights('model.safetensors', read, {
      plan: { network, ...rest },
      strategies: ['conventional'],
      standardisation: null,
    });
    expect(placed.given.firstLayer).toBe(0);
    expect(Float32Array.from(placed.given.parameters)).toEqual(Float32Array.from(expected));
  });
});
