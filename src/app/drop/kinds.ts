/** What dropped files are, as far as their names say: what opens them says the rest. */

export interface Kinds<T> {
  readonly runs: readonly T[];
  readonly weights: readonly T[];
  readonly data: readonly T[];
}

/** Others than the first are refused, by who knows what to do with them. */
const WEIGHTS = [
  '.safetensors',
  '.pt',
  '.pth',
  '.ckpt',
  '.h5',
  '.hdf5',
  '.keras',
  '.onnx',
  '.gguf',
  '.weights.bin',
];

export function kindsOf<T extends { readonly name: string }>(files: readonly T[]): Kinds<T> {
  const ends = (ending: string) => (file: T) => file.name.toLowerCase().endsWith(ending);
  const isRun = ends('.json');
  const isWeights = (file: T) => WEIGHTS.some((ending) => ends(ending)(file));
  return {
    runs: files.filter(isRun),
    weights: files.filter(isWeights),
    data: files.filter((file) => !isRun(file) && !isWeights(file)),
  };
}
