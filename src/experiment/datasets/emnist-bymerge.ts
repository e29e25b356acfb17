import { CAPITALS, DIGITS, emnist, UNMERGED } from './emnist.ts';

export const emnistByMerge = emnist({
  word: 'bymerge',
  alone: true,
  label: 'EMNIST ByMerge',
  description: 'Everything, with small letters that look like their capitals put into one class.',
  trainCount: 697_932,
  testCount: 116_323,
  characters: DIGITS + CAPITALS + UNMERGED,
  firstLabel: 0,
  mirror: 'Royc30ne/emnist-bymerge',
  files: {
    'train-labels': [476_444, '2c47293b9e62d6abf6ad05fbf67e40baa32adfd380b8d7b44dcc35534b64e1f1'],
    'test-labels': [79_351, '8bda1516255683ba9071e141947ca0c91a911176065cdd6259b0b4d8dc5b5f35'],
    'train-images': [173_375_281, '39bf8c68037dad40db35348895f7e4e056e8c0a005ab78869c9fbc2c96e947be'],
    'test-images': [28_905_295, '5e5815ec1b522089134435f7c55e75a00960b58414793593ffff23efc0821683'],
  },
});
