/** What every activation says of itself: one file each, one row in `activations.ts`. */

export interface ActivationFunction {
  /** Its name for people. */
  readonly label: string;
  /** Of one number. */
  value(z: number): number;
  /** Its derivative, from its OUTPUT y: the forward pass keeps one array a layer, and no pre-activations. */
  slope(y: number): number;
  /** Variance of initial weights × inputs. 2 where half of what comes in is thrown away (He et al. 2015). */
  readonly initialVariance: 1 | 2;
  /** Whether a unit that gives 0 has no gradient, so that it can stay so for good. */
  readonly dies: boolean;
  /** Makes PyTorch's module. */
  readonly python: string;
  /** How a Keras file writes it: as a dense layer's own, and as a layer behind that where it has to be one. */
  readonly keras: {
    readonly activation: string;
    readonly layer?: { readonly className: string; readonly config: Readonly<Record<string, number>> };
  };
}
