import type { BalanceInfo } from './balance.ts';

export const none: BalanceInfo = {
  label: 'None',
  description: 'Every training image once an epoch, and each counts the same.',
  order: null,
  weights: null,
  python: {
    order: 'return Stream(CONFIG["seed"], "shuffle", epoch).permutation(len(labels))',
    weights: 'return None',
  },
};
