import { CAPITALS, DIGITS, emnist, UNMERGED } from './emnist.ts';

export const emnistBalanced = emnist({
  word: 'balanced',
  alone: false,
  label: 'EMNIST Balanced',
  description:
    'Digits and letters, as many of each; small letters that look like their capitals share a class.',
  trainCount: 112_800,
  testCount: 18_800,
  characters: DIGITS + CAPITALS + UNMERGED,
  firstLabel: 0,
  mirror: 'Heliosoph/EMNIST',
  files: {
    'train-labels': [80_618, 'b46d41e5156a0a8aaaa4d18979fdd1588850fa8571018acffd5d93b325a7d6ed'],
    'test-labels': [13_504, 'a67cac948379b67270b9a4d0a01c8ec661598accf2f2b1964340b7c83cb175cd'],
    'train-images': [28_207_740, '74295e75e4e9fa2c102147460ee7eb763653d5132d883a84fb88932bfb8d2db4'],
    'test-images': [4_714_707, '117fc12b015e37ea98bfb2cbba3f77c3782c056cdbd219b87abfc8661d7135db'],
  },
});
