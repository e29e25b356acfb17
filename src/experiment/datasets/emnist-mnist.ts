import { DIGITS, emnist } from './emnist.ts';

export const emnistMnist = emnist({
  word: 'mnist',
  alone: false,
  label: 'EMNIST MNIST',
  description: 'Digits in the numbers of MNIST, prepared the way EMNIST is.',
  trainCount: 60_000,
  testCount: 10_000,
  characters: DIGITS,
  firstLabel: 0,
  mirror: 'Royc30ne/emnist-mnist',
  files: {
    'train-labels': [29_480, '00c6d3c2342fdffb1711e0b5656cac4ce5862d2826399d383a9bac07d612e9f8'],
    'test-labels': [5_144, 'bcc5385d38f083dba046f5f756e99b32f5ea7fad122c6243c71c2239873065ca'],
    'train-images': [14_873_795, '5f9942f441031c0f1f2e4d162059fd6e19ea808b34c328b6d16cab0ed24c78f2'],
    'test-images': [2_484_884, 'b25640fa9e356c618132f5df347c95ef5bae6d9c2596be1de40f7e0ae1c3eac6'],
  },
});
