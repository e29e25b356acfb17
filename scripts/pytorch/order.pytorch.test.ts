import { beforeAll, describe, expect, it } from 'vitest';
import { Workplace } from './testing.ts';

/** 784 → 12 → 12 → 12 → 12 → 10: three layers of one size, and two partitions that are one such layer each. */
const LINK = 'layers=12x4&cuts=2,3,4';

interface Case {
  readonly name: string;
  readonly names: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
  /** Layers of the network that the file holds; all of them by default. */
  readonly layers?: readonly number[];
  /** Tensors beyond them, and their shapes. */
  readonly more?: Readonly<Record<string, readonly number[]>>;
  /** Layers that begin with the file's, or the sentence that refuses them. */
  readonly expected: readonly number[] | RegExp;
}

const ALL = [0, 1, 2, 3, 4];
/** As PyTorch numbers layers with an activation between them. */
const SEQUENTIAL = ['0', '2', '4', '6', '8'];
const NUMBERED = ['0', '1', '2', '3', '4'];
const told = (...names: string[]) => ({ layerOrder: JSON.stringify(names) });
const OPEN = /^given.safetensors does not settle the order of its layers .*: number them .*"layerOrder"/;
const ALIKE = /fits partitions that begin with layers 3 and 4 alike.*"firstLayer"/;

/** Layers are named in the order of the network; the reference library writes them sorted by name. */
const CASES: readonly Case[] = [
  { name: 'numbers', names: ['0', '2', '4', '10', '12'], expected: ALL },
  {
    name: 'numbers at two levels',
    names: ['block1.fc2', 'block1.fc10', 'block2.fc1', 'block2.fc3', 'block10.fc0'],
    expected: ALL,
  },
  {
    name: 'copies of parallel training',
    names: ['module.0', 'module.2', 'module.4', 'module.6', 'module.10'],
    expected: ALL,
  },
  { name: 'words where sizes differ', names: ['stem', 'fc1', 'fc2', 'fc10', 'classifier'], expected: ALL },
  {
    name: 'the file’s own order',
    names: ['e', 'c', 'd', 'a', 'b'],
    metadata: told('e', 'c', 'd', 'a', 'b'),
    expected: ALL,
  },
  {
    name: 'the file’s own order against numbers',
    names: ['8', '6', '4', '2', '0'],
    metadata: told('8', '6', '4', '2', '0'),
    expected: ALL,
  },
  {
    name: 'numbers where the file’s own order is of other names',
    names: NUMBERED,
    metadata: told('e', 'c', 'd', 'a', 'b'),
    expected: ALL,
  },
  {
    name: 'numbers where the file’s own order is no chain',
    names: NUMBERED,
    metadata: told('1', '0', '2', '3', '4'),
    expected: ALL,
  },
  {
    name: 'no guess between words',
    names: ['in', 'encoder', 'middle', 'decoder', 'out'],
    expected: OPEN,
  },
  {
    name: 'no guess between modules',
    names: ['encoder.0', 'encoder.2', 'decoder.0', 'decoder.2', 'decoder.4'],
    expected: OPEN,
  },
  { name: 'no guess at a number written twice', names: ['fc0', 'fc1', 'fc01', 'fc2', 'fc3'], expected: OPEN },
  { name: 'no guess against numbers', names: ['4', '1', '2', '3', '0'], expected: OPEN },
  {
    name: 'no guess at modules passed through by halves',
    names: ['a.0', 'b.0', 'b.1', 'b.2', 'a.1'],
    expected: OPEN,
  },
  { name: 'no guess at a partition', names: ['0'], layers: [2], expected: ALIKE },
  {
    name: 'the partition that the file names',
    names: [''],
    layers: [2],
    metadata: { firstLayer: '3' },
    expected: [3],
  },
  {
    name: 'no partition that it does not fit',
    names: ['0'],
    layers: [2],
    metadata: { firstLayer: '0' },
    expected: ALIKE,
  },
  {
    name: 'no standardising that is unknown',
    names: NUMBERED,
    metadata: { standardisation: 'perhaps' },
    expected: /says "perhaps" of its standardisation/,
  },
  {
    name: 'no more than layers',
    names: SEQUENTIAL,
    more: { '1.running_mean': [12] },
    expected: /"1.running_mean" is no part of a layer/,
  },
  {
    name: 'no bias alone',
    names: SEQUENTIAL,
    more: { '1.bias': [12] },
    expected: /there is "1.bias", but "1.weight" is missing/,
  },
  {
    name: 'no weight alone',
    names: SEQUENTIAL,
    more: { '1.weight': [12] },
    expected: /there is "1.weight", but "1.bias" is missing/,
  },
  {
    name: 'no layer of other shapes',
    names: SEQUENTIAL,
    more: { '1.weight': [3, 2, 2], '1.bias': [3] },
    expected: /"1.weight" has the shape \[3, 2, 2\], "1.bias" \[3\]/,
  },
  {
    name: 'no normalisation that this network does not have',
    names: SEQUENTIAL,
    more: { '1.weight': [12], '1.bias': [12] },
    expected: /neither the whole of this one nor a partition of it/,
  },
];

describe('given weights begin by', () => {
  const place = new Workplace();
  let found: (Readonly<Record<string, number>> | string)[];
  beforeAll(async () => {
    // The bias of each layer is its place among the names. All in one process: PyTorch takes seconds to begin.
    found = place.ask(
      await place.exported(LINK),
      `from safetensors.torch import save_file
found = []
for case in json.loads(r'''${JSON.stringify(CASES)}'''):
    tensors = {name: torch.ones(shape) for name, shape in case.get("more", {}).items()}
    for at, (name, layer) in enumerate(zip(case["names"], case.get("layers", range(5)), strict=True)):
        linear, dot = e.CONFIG["network"][layer], "." if name else ""
        tensors[f"{name}{dot}weight"] = torch.full((linear["outputs"], linear["inputs"]), float(at))
        tensors[f"{name}{dot}bias"] = torch.full((linear["outputs"],), float(at))
    save_file(tensors, "given.safetensors", metadata=case.get("metadata"))
    e.GIVEN.clear()
    try:
        e.give("given.safetensors")
        assert all((weight == bias[0]).all() for weight, bias in e.GIVEN.values())
        found.append({layer: int(bias[0]) for layer, (_, bias) in e.GIVEN.items()})
    except SystemExit as refusal:
        found.append(str(refusal))
print(json.dumps(found))`,
    ) as typeof found;
  });

  it.each(CASES.map((one, index) => ({ ...one, index })))('$name', ({ index, expected }) => {
    if (expected instanceof RegExp) expect(found[index]).toMatch(expected);
    else expect(found[index]).toEqual(Object.fromEntries(expected.map((layer, at) => [layer, at])));
  });
});
