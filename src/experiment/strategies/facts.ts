/** What links, forms, costs and charts know of a strategy. What it does on its devices is in `src/strategies`. */

/** Settings that only some strategies have. A form shows them with the strategies that name them. */
export type OwnSetting = 'microBatches' | 'pipeline' | 'devices' | 'lag';

export type Spread = 'copies' | 'shares' | 'stages' | 'forward' | 'handed' | 'apart' | 'blocks';

export interface StrategyFacts {
  readonly label: string;
  /** The same in a word or two, where many stand below each other. */
  readonly short: string;
  /** One sentence for a person. */
  readonly description: string;
  /** Its line in charts: colours by theme, told apart by the dash as well (`stroke-dasharray`; '0' for a solid line). */
  readonly line: { readonly light: string; readonly dark: string; readonly dash: string };
  /**
   * How the layers lie on devices.
   * - `copies`: each device has every layer, whole
   * - `shares`: each device keeps a share of every layer, and gathers the others' to work on it
   * - `stages`: a run of layers each, and at every batch they wait for each other
   * - `forward`: a run of layers each; at every batch activations go on to the next, and nothing comes back
   * - `handed`: a run of layers each, one after the other; each hands on what it gives, once
   * - `apart`: a run of layers each, with an objective of its own; nothing is sent while they train
   * - `blocks`: no layers of the experiment's network, but one of the plan's `blocks` each, which make no network together
   */
  readonly spread: Spread;
  /** Whether its devices work at the same time, or one while the others wait. */
  readonly atOnce: 'all' | 'one';
  /**
   * Whether it trains on label vectors at the cuts: then it trains the plan's `labelNetwork`, and what is to be said of
   * labels is said with it. Else it trains `network`, or its `blocks`.
   */
  readonly needsLabels: boolean;
  readonly settings: readonly OwnSetting[];
  /** Whether the Python file of an experiment trains so: with a function of its own in `src/export/pytorch/template.py`. */
  readonly inPytorch: boolean;
  /**
   * Set where it is no rival but says what part of another strategy's accuracy comes from where.
   * - `cut`: of any network that is cut
   * - `features`: of one with features at its first cut; without them it is conventional training
   */
  readonly control?: 'cut' | 'features';
}
