/** Words of the panel on weights. */
export const weightsText = {
  heading: 'Weights and export',
  of: 'Weights of',
  what: 'What',
  whole: 'The whole network',
  partition: (rank: number, layers: string) => `Partition ${rank + 1} (${layers})`,
  layers: (from: number, to: number) => (from === to ? `layer ${from}` : `layers ${from}–${to}`),
  safetensors: 'Save as safetensors',
  tensorflow: 'Save for TensorFlow.js',
  none: 'Once something has trained, its weights can be saved here.',
  load: 'Begin with weights…',
  loaded: (name: string) => `Training begins with ${name}.`,
  drop: 'Begin with random weights',
  help: 'A safetensors file of the whole network or of one partition, trained here or elsewhere.',
  pytorch: 'Export to PyTorch',
  pytorchHelp:
    'One Python file that trains this very experiment with torch.distributed: same labels, same initial weights.',
  pytorchWeights: (name: string) => `It will ask for ${name}: --weights FILE.`,
  failed: (why: string) => `The weights could not be read: ${why}`,
} as const;
