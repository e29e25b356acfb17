import { CAPITALS, emnist } from './emnist.ts';

export const emnistLetters = emnist({
  word: 'letters',
  alone: false,
  label: 'EMNIST Letters',
  description: 'The 26 letters, capital and small together.',
  trainCount: 124_800,
  testCount: 20_800,
  characters: CAPITALS,
  firstLabel: 1,
  mirror: 'Royc30ne/emnist-letters',
  files: {
    'train-labels': [79_283, '9759af91ea6bccdf07a6040fd085861f2ec88e37f7c3f5760f6feb57106fbe5c'],
    'test-labels': [144, '924955c31fe7fd809b7303b5c0141282955f4b8390c74cdfd5d80435e0f4b4cb'],
    'train-images': [30_804_864, '6288f418a917e007bf5fddb823a2dc7a5c6a35031401b93292a539cb12bd881f'],
    'test-images': [5_039_157, '50f0e93d75b99b463e9760b8345866f22587fa2c2fba472730a5ba09c693412d'],
  },
});
