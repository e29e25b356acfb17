/**
 * In which order the layers of a file stand in a network. The format keeps none (the reference library sorts by name), so
 * it is found by what there is: sizes, since each layer takes what the one before gives, and names.
 */
import type { LayerShape } from '../network/layers/layers.ts';

export interface NamedShape extends LayerShape {
  readonly name: string;
}

export const sameShape = (a: LayerShape, b: LayerShape): boolean =>
  a.kind === b.kind && a.inputs === b.inputs && a.outputs === b.outputs;

/** Steps of a search before it ends with what it has: thirteen layers of one size have 6·10⁹ orders. */
const PATIENCE = 100_000;

export interface OrderRules {
  /**
   * Whether names count: numbers rise where names first differ in one, at every level (`1.4` before `1.10`), and a module,
   * i.e. a common beginning up to a dot, is passed through as a whole.
   */
  readonly names: boolean;
  /** What the layers must be in their order. Without it, each need only take what the one before gives. */
  readonly shapes?: readonly LayerShape[];
}

/**
 * Orders of all the layers within the rules: none, the only one, or the two likeliest.
 */
export function findOrders<Layer extends NamedShape>(
  layers: readonly Layer[],
  { names, shapes }: OrderRules,
): Layer[][] {
  const likely = naturalOrder(layers);
  const before = new Map(
    likely.map((layer) => [layer, likely.filter(({ name }) => comesBefore(name, layer.name))]),
  );
  const modules = new Map(likely.map((layer) => [layer, modulesOf(layer.name)]));
  const found: Layer[][] = [];
  const order: Layer[] = [];
  const left = new Set(likely);
  let steps = 0;

  const mayFollow = (layer: Layer): boolean => {
    const last = order.at(-1);
    const expected = shapes?.[order.length];
    if (expected ? !sameShape(layer, expected) : last && last.outputs !== layer.inputs) return false;
    if (!names) return true;
    if (before.get(layer)!.some((one) => left.has(one))) return false;
    const begun = last ? [...modules.get(last)!] : [];
    const unfinished = begun.filter((name) => [...left].some((one) => modules.get(one)!.has(name)));
    return unfinished.every((name) => modules.get(layer)!.has(name));
  };
  const search = (): void => {
    if (left.size === 0) found.push([...order]);
    for (const layer of likely) {
      if (found.length === 2 || ++steps > PATIENCE) return;
      if (!left.has(layer) || !mayFollow(layer)) continue;
      left.delete(layer);
      order.push(layer);
      search();
      order.pop();
      left.add(layer);
    }
  };
  if (!shapes || shapes.length === layers.length) search();
  return found;
}

/** Layers by their names alone: numbers as numbers, then words of place, then the alphabet. */
export const naturalOrder = <Layer extends NamedShape>(layers: readonly Layer[]): Layer[] =>
  layers.toSorted((a, b) => naturally(a.name, b.name));

/** A name's pieces: `encoder.fc10` → encoder . fc 10. */
const piecesOf = (name: string): string[] => name.match(/\d+|\.|[^\d.]+/g) ?? [];

/** What a name lies in: `encoder.0.linear` → encoder, encoder.0. */
const modulesOf = (name: string): ReadonlySet<string> => {
  const parts = name.split('.').slice(0, -1);
  return new Set(parts.map((_, index) => parts.slice(0, index + 1).join('.')));
};

/** The first two pieces in which names differ; empty where a name is over. */
function difference(a: string, b: string): readonly [string, string] {
  const [left, right] = [piecesOf(a), piecesOf(b)];
  const at = left.findIndex((piece, index) => piece !== right[index]);
  const first = at < 0 ? left.length : at;
  return [left[first] ?? '', right[first] ?? ''];
}

const isNumber = (piece: string): boolean => /^\d/.test(piece);

/** Compares whole numbers of any length. */
function byNumber(a: string, b: string): number {
  const [left, right] = [a, b].map((digits) => digits.replace(/^0+(?=\d)/, ''));
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}

/** Whether names alone say that one layer comes before another: the first thing they differ in is a number. */
function comesBefore(a: string, b: string): boolean {
  const [left, right] = difference(a, b);
  return isNumber(left) && isNumber(right) && byNumber(left, right) < 0;
}

/** Words that people give to what stands first and last: what is asked about is at least asked well. */
const FIRST = /^_*(in|input|stem|embed|embedding|enc|encoder|first|left)(?![a-z])/i;
const LAST = /^_*(out|output|dec|decoder|cls|classifier|head|logits|last|final|right)(?![a-z])/i;

function naturally(a: string, b: string): number {
  const [left, right] = difference(a, b);
  const number = isNumber(left) && isNumber(right) ? byNumber(left, right) : 0;
  const place = (piece: string) => Number(LAST.test(piece)) - Number(FIRST.test(piece));
  return number || place(left) - place(right) || (left < right ? -1 : left > right ? 1 : 0);
}
