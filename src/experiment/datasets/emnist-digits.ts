import { DIGITS, emnist } from './emnist.ts';

export const emnistDigits = emnist({
  word: 'digits',
  alone: false,
  label: 'EMNIST Digits',
  description: 'Digits only, four times as many as MNIST.',
  trainCount: 240_000,
  testCount: 40_000,
  characters: DIGITS,
  firstLabel: 0,
  mirror: 'Royc30ne/emnist-digits',
  files: {
    'train-labels': [113_859, '6638a6ff5fe2eefd9cca2471995b46c82986b8e4b2a70d2f5ce8e05d7edb319e'],
    'test-labels': [19_960, 'bad1834c45d5988e270b99d43b13edc3fd898f658ffbc2caf2846ef27f7b05b0'],
    'train-images': [59_515_779, 'f7c95004d14d81af89522e67d8f0c781dfb3bd544181c81bfe1eb6b41c35b726'],
    'test-images': [9_908_519, '20ebe43509264f7639d37c835a3f0b009e90b29e00a099a03101abe1644a3f63'],
  },
});
