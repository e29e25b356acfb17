/** Words of the panel on weights. */
import { middle } from '../../messages/middle.ts';

export const weightsText = {
  of: 'Weights of',
  what: 'What',
  whole: 'The whole network',
  partition: (rank: number, layers: string) => `Partition ${rank + 1} (${layers})`,
  layers: (from: number, to: number) => (from === to ? `layer ${from}` : `layers ${from}–${to}`),
  safetensors: 'Save as safetensors',
  tensorflow: 'Save for TensorFlow.js',
  included: 'Standardisation included: takes pixels from 0 to 1 as they are',
  takesPixels: (side: number, outside: { mean: number; std: number } | null) =>
    `Takes the ${side} × ${side} pixels of an upright image, row by row, from 0 (paper) to 1 (ink)` +
    (outside
      ? `, less ${outside.mean.toFixed(4)} and divided by ${outside.std.toFixed(4)}.`
      : ', as they are.'),
  takesLayer: (layer: number) => `Takes what layer ${layer} gives.`,
  givesClasses: (characters: readonly string[]) =>
    `Gives ${characters.length} numbers; the largest names the character: ${characters.join(' ')}.`,
  givesLayer: (layer: number) => `Gives what layer ${layer} gives.`,
  blocks:
    'These are small networks that are asked one after the other, each with the image and what the one before answers. Other programs run layers one after another, so there is no file of them.',
  none: 'Once something has trained, its weights can be saved here.',
  load: 'Begin with weights…',
  loaded: (name: string) => `Training begins with ${middle(name)}.`,
  place: 'They go to',
  order: 'Order of the layers',
  orderOpen: 'Neither names nor sizes settle this order. It is the likeliest: check it.',
  orderSettled: {
    file: 'In the order that the file says.',
    names: 'In the order of their names.',
    sizes: 'In the only order that sizes allow.',
    person: 'In your order.',
  },
  nameless: 'layer',
  shape: (inputs: number, outputs: number) => `${inputs} → ${outputs}`,
  move: (layer: string, direction: 'up' | 'down') => `Move ${layer} ${direction}`,
  moved: (layer: string, place: number) => `${layer} is layer ${place} now.`,
  drop: 'Begin with random weights',
  help: 'A safetensors file of the whole network or of one partition, trained here or elsewhere.',
  pytorch: 'Export to PyTorch',
  pytorchHelp:
    'One Python file that trains this very experiment with torch.distributed: same labels, same initial weights.',
  pytorchWeights: (name: string) => `It will ask for ${middle(name)}: --weights FILE.`,
  pytorchRates: 'It keeps to the first learning rate: those set on the way are not in it.',
  pytorchWithout: (strategies: readonly string[]) => `It leaves out: ${strategies.join(', ')}.`,
  failed: (why: string) => `The weights could not be read: ${why}`,
} as const;
