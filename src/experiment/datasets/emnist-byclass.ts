import { CAPITALS, DIGITS, emnist, SMALL } from './emnist.ts';

export const emnistByClass = emnist({
  word: 'byclass',
  alone: true,
  label: 'EMNIST ByClass',
  description: 'Everything: digits, capitals and small letters, each a class, as often as people wrote them.',
  trainCount: 697_932,
  testCount: 116_323,
  characters: DIGITS + CAPITALS + SMALL,
  firstLabel: 0,
  mirror: 'Royc30ne/emnist-byclass',
  files: {
    'train-labels': [491_603, 'f7ef403d48dc18a89dae0d83d11ee69cecb6e1c12c3a961d03712e495c02a8fa'],
    'test-labels': [81_839, '501e305eeeacb093b162592d80e8a2632040872360fa6d85cfcb2200d91ca92a'],
    'train-images': [173_367_313, '9e21987f03a6eb8b870187e785883ddad96947299587908f1a7ec2ca0f4be5f0'],
    'test-images': [28_908_322, '5ec835bd5d5b1a66378a132e727fef20fe994b3cc666899befcca5ac766f50cd'],
  },
});
