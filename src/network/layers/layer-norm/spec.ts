/**
 * Each sample's numbers brought to mean 0 and std 1 over the width, then scaled and shifted by what is learned:
 * `y = (x − mean) / √(variance + ε) · scale + shift` (Ba, Kiros & Hinton 2016). It has no activation; it normalises what
 * stands before it, activation included.
 */
export interface LayerNormSpec {
  readonly kind: 'layer-norm';
  readonly width: number;
}

/** Added to the variance; PyTorch's own. */
export const LAYER_NORM_EPSILON = 1e-5;
