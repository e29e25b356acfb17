/** Each kind of layer as Python: a function from its settings and place to modules, of which the first has its weights. */
import { ACTIVATION_FUNCTIONS } from '../../network/activations.ts';
import { LAYER_NORM_EPSILON } from '../../network/layers/layer-norm/spec.ts';
import {
  activationOf,
  modulePlaces,
  parametersOf,
  type LayerKind,
  type LayerSpec,
} from '../../network/layers/layers.ts';
import { pythonFunction } from './python.ts';

const MADE: { readonly [Kind in LayerKind]: string } = {
  dense: `
linear = nn.Linear(layer["inputs"], layer["outputs"])
std = math.sqrt(layer["initialVariance"] / layer["inputs"]) * layer["initScale"]
drawn = Stream(CONFIG["seed"], "weights", index).normals(layer["inputs"] * layer["outputs"]) * std
begin(linear, index, torch.from_numpy(drawn.astype(np.float32).reshape(layer["inputs"], layer["outputs"])).T)
return [linear, activation(layer["activation"])]`,
  'layer-norm': `
norm = nn.LayerNorm(layer["width"], eps=${LAYER_NORM_EPSILON})
begin(norm, index, torch.full((layer["width"],), float(layer["initScale"])))
return [norm]`,
};

const nameOf = (kind: string) => `made_${kind.replaceAll('-', '_')}`;

/** A function for each kind that the layers have, and the table that finds them. */
export function layersPython(layers: readonly LayerSpec[]): string {
  const kinds = [...new Set(layers.map(({ kind }) => kind))];
  const functions = kinds.map((kind) => pythonFunction(nameOf(kind), 'layer, index', MADE[kind]));
  const table = kinds.map((kind) => `"${kind}": ${nameOf(kind)}`).join(', ');
  return `${functions.map((text) => `${text}\n\n\n`).join('')}LAYER_KINDS = {${table}}`;
}

/** Layers of a network as the script's settings say them. `module`: the place of the first module in a Sequential of all. */
export function layersConfig(network: readonly LayerSpec[]) {
  const places = modulePlaces(network);
  return (layers: readonly LayerSpec[], first: number, initScales: ReadonlyMap<number, number>) =>
    layers.map((layer, index) => ({
      ...layer,
      activation: activationOf(layer),
      initialVariance: ACTIVATION_FUNCTIONS[activationOf(layer)].initialVariance,
      initScale: initScales.get(first + index) ?? 1,
      module: places[first + index],
      weight: weightShape(layer),
    }));
}

/** As PyTorch has it: `[outputs, inputs]` of a linear layer. */
function weightShape(layer: LayerSpec): readonly number[] {
  const { shape, transposed } = parametersOf(layer).find(({ exported }) => exported === 'weight')!;
  return transposed ? shape.toReversed() : shape;
}
