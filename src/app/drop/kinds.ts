/** What dropped files are, as far as their names say: what opens them says the rest. */

export interface Kinds<T> {
  readonly runs: readonly T[];
  readonly weights: readonly T[];
  readonly data: readonly T[];
}

export function kindsOf<T extends { readonly name: string }>(files: readonly T[]): Kinds<T> {
  const ends = (ending: string) => (file: T) => file.name.toLowerCase().endsWith(ending);
  const [isRun, isWeights] = [ends('.json'), ends('.safetensors')];
  return {
    runs: files.filter(isRun),
    weights: files.filter(isWeights),
    data: files.filter((file) => !isRun(file) && !isWeights(file)),
  };
}
