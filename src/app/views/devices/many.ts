/** Lanes above which each is a strip without letters, so that all are seen at once. */
const MANY = 9;

/** @param devices How many each strategy has. */
export const isMany = (devices: readonly number[]): boolean =>
  devices.reduce((sum, count) => sum + count, 0) > MANY;
