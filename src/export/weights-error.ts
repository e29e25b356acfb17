/** A sentence for a person about weights that cannot be read or have no place. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
}
