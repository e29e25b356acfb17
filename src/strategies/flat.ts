/** Parameters of a network as one flat array, and as one a part. */
import { countParameters, type LayerSpec } from '../network/layers/layers.ts';

/** Those of each part, copied; the parts follow each other in the network. */
export function parted(
  all: Float32Array<ArrayBuffer>,
  parts: readonly { readonly layers: readonly LayerSpec[] }[],
): Float32Array<ArrayBuffer>[] {
  let offset = 0;
  return parts.map(({ layers }) => all.slice(offset, (offset += countParameters(layers))));
}

/** One after another. */
export function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
