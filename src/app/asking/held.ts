import type { StrategyId } from '../../experiment/strategies.ts';

/** Which networks the analysis worker holds, all of one run; those of a run that is gone are forgotten. */
export class HeldNetworks {
  /** Number of the run, for the worker. */
  run = 0;
  private identity: readonly unknown[] = [];
  private readonly ids = new Set<StrategyId>();
  private readonly forget: (id: StrategyId) => void;

  constructor(forget: (id: StrategyId) => void) {
    this.forget = forget;
  }

  /** @param identity Things of which at least one is another object where the run is another. */
  of(identity: readonly unknown[]): number {
    if (identity.length !== this.identity.length || identity.some((one, at) => one !== this.identity[at])) {
      this.keep([]);
      this.identity = identity;
      this.run++;
    }
    return this.run;
  }

  hold(id: StrategyId): void {
    this.ids.add(id);
  }

  /** Forgets all others. */
  keep(those: readonly StrategyId[]): void {
    for (const id of this.ids) {
      if (those.includes(id)) continue;
      this.ids.delete(id);
      this.forget(id);
    }
  }
}
