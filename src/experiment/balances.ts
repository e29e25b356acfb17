/** What is done about uneven classes, in the order in which choices are listed: a file and a line each. */
import type { BalanceInfo } from './balances/balance.ts';
import { none } from './balances/none.ts';
import { sampling } from './balances/sampling.ts';
import { weights } from './balances/weights.ts';

export const BALANCES = { none, sampling, weights } satisfies Readonly<Record<string, BalanceInfo>>;
export type Balance = keyof typeof BALANCES;

export const BALANCE_IDS = Object.keys(BALANCES) as readonly Balance[];

/** The balance of this id, whatever it brings. */
export const balanceOf = (id: Balance): BalanceInfo => BALANCES[id];

/** Whether anything is done about uneven classes. */
export const evens = (id: Balance): boolean => {
  const { order, weights: factors } = balanceOf(id);
  return order !== null || factors !== null;
};
