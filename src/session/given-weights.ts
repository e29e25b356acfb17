/** Weights from a file: where they go in a network, in which order, and what is to be said of them. */
import { findOrders, naturalOrder, sameShape, type NamedShape } from '../export/layer-order.ts';
import { readMetadata, type KnownOfWeights } from '../export/metadata.ts';
import type { NamedLayer, ReadWeights } from '../export/safetensors/read.ts';
import { excludeStandardisation, pixelStatistics, type Standardisation } from '../export/standardisation.ts';
import { WeightsError } from '../export/weights-error.ts';
import { exportText as text } from '../export/words.ts';
import { trainedBy, type Plan } from '../experiment/plan.ts';
import { madeOfBlocks, STRATEGIES, type StrategyId } from '../experiment/strategies.ts';
import { activationOf, type LayerShape, type LayerSpec, shapeOf } from '../network/layers/layers.ts';
import type { GivenWeights } from '../strategies/contract.ts';

/** What a person says of weights, where the file leaves it open or has it wrong. */
export interface Wish {
  /** Names of all layers in their order. */
  readonly order?: readonly string[];
  /** Where they begin in the whole network, from 0. */
  readonly firstLayer?: number;
}

/** Where weights may go: the whole network or a partition. */
export interface Place {
  readonly firstLayer: number;
  readonly layers: readonly LayerSpec[];
}

export interface PlacedWeights {
  /** The file's name. */
  readonly name: string;
  readonly read: ReadWeights;
  readonly given: GivenWeights;
  /** The layers, in their order. */
  readonly order: readonly NamedShape[];
  /** What settled it; null where it is only the likeliest. */
  readonly settledBy: 'file' | 'names' | 'sizes' | 'person' | null;
  /** Everywhere they fit; the one they have among them. */
  readonly places: readonly Place[];
  /** Whether file or person says which of several. */
  readonly placeSettled: boolean;
  readonly wish: Wish;
  /** Sentences worth knowing. */
  readonly remarks: readonly string[];
}

/** What weights are placed in. */
export interface Destination {
  readonly plan: Plan;
  /** Strategies that will begin with them. */
  readonly strategies: readonly StrategyId[];
  /** That of the data they will see; null where it is not there yet. */
  readonly standardisation: Standardisation | null;
}

/** The places that given weights can have. */
const placesOf = ({ network, partitions }: Plan): Place[] =>
  partitions.length > 1
    ? [{ firstLayer: 0, layers: network }, ...partitions]
    : [{ firstLayer: 0, layers: network }];

const sameShapes = (a: readonly LayerShape[], b: readonly LayerShape[]): boolean =>
  a.length === b.length && a.every((shape, index) => sameShape(shape, b[index]));

/** Whether given weights still have a place: the very layers they were read for, and not only as many numbers. */
export const fitsPlan = ({ firstLayer, shapes }: GivenWeights, plan: Plan): boolean =>
  placesOf(plan).some(
    (place) => place.firstLayer === firstLayer && sameShapes(place.layers.map(shapeOf), shapes),
  );

/**
 * Where a file's weights go: the whole network, or one partition of it; and in which order.
 * @throws WeightsError with a sentence where they fit nowhere.
 */
export function placeWeights(
  name: string,
  read: ReadWeights,
  destination: Destination,
  wish: Wish = {},
): PlacedWeights {
  const { plan, standardisation } = destination;
  const known = readMetadata(read.metadata);
  const { ordersFor, likeliest, settledBy } = readOrder(read.layers, known.layerOrder, wish.order);
  const fitting = placesOf(plan)
    .filter(({ firstLayer }) => known.standardisation !== 'included' || firstLayer === 0)
    .map((place) => ({ place, orders: ordersFor(place.layers.map(shapeOf)) }))
    .filter(({ orders }) => orders.length > 0);
  if (fitting.length === 0) throw new WeightsError(otherNetwork(likeliest, plan));
  const at = (firstLayer: number | null | undefined) =>
    fitting.find(({ place }) => place.firstLayer === firstLayer);
  const said = at(wish.firstLayer) ?? at(known.firstLayer);
  const { place, orders } = said ?? fitting[0];
  const [order, another] = orders;
  const flat = joined(order);
  const places = fitting.map((one) => one.place);
  // A file that names a place where it does not fit is not taken at its word, and not without one.
  const misplaced = said === undefined && known.firstLayer !== null;
  const placeSettled = said !== undefined || (places.length === 1 && !misplaced);
  return {
    name,
    read,
    given: {
      firstLayer: place.firstLayer,
      shapes: order.map(({ kind, inputs, outputs }) => ({ kind, inputs, outputs })),
      parameters:
        known.standardisation === 'included' ? withoutStandardisation(flat, order[0], standardisation) : flat,
    },
    order,
    settledBy: another ? null : settledBy,
    places,
    placeSettled,
    wish,
    remarks: [
      ...read.remarks,
      ...remarksOn(known, place, destination),
      ...(another ? [text.orderOpen(names(order))] : []),
      ...(misplaced ? [text.otherPlace(known.firstLayer + 1, layersOf(place))] : []),
      ...(placeSettled || misplaced ? [] : [text.placeOpen(places.map(layersOf), layersOf(place))]),
    ],
  };
}

function withoutStandardisation(
  flat: Float32Array,
  first: LayerShape,
  standardisation: Standardisation | null,
): Float32Array {
  if (!standardisation) throw new WeightsError(text.needsData);
  return excludeStandardisation(flat, first, standardisation);
}

/** Its layers, counted from 1. */
const layersOf = ({ firstLayer, layers }: Place) => [firstLayer + 1, firstLayer + layers.length] as const;

interface ReadOrder {
  /** Orders in which the layers are those of a network: none, the only one, or the two likeliest. */
  readonly ordersFor: (network: readonly LayerShape[]) => NamedLayer[][];
  readonly likeliest: readonly NamedLayer[];
  /** What settles the order wherever one is left. */
  readonly settledBy: NonNullable<PlacedWeights['settledBy']>;
}

/** What person, file, names and sizes say of the order, the first of them that says something. */
function readOrder(
  layers: readonly NamedLayer[],
  fromFile: readonly string[] | null,
  wished: readonly string[] | undefined,
): ReadOrder {
  const told = (order: readonly NamedLayer[], settledBy: 'person' | 'file'): ReadOrder => ({
    ordersFor: (network) => (sameShapes(order, network) ? [[...order]] : []),
    likeliest: order,
    settledBy,
  });
  const [bySize, anotherBySize] = findOrders(layers, { names: false });
  const [byName] = findOrders(layers, { names: true });
  const likeliest = byName ?? bySize ?? naturalOrder(layers);
  if (wished) {
    const order = arranged(layers, wished);
    if (!order) throw new WeightsError(text.otherLayers(wished, names(likeliest)));
    checkChain(order);
    return told(order, 'person');
  }
  // Whoever renamed tensors left the old names behind: then the new ones count.
  const kept = fromFile && arranged(layers, fromFile);
  if (kept && misfit(kept) === undefined) return told(kept, 'file');
  checkChain(likeliest);
  return {
    // Names that contradict all sizes say nothing.
    ordersFor: (shapes) => findOrders(layers, { names: byName !== undefined, shapes }),
    likeliest,
    settledBy: byName && anotherBySize ? 'names' : 'sizes',
  };
}

const names = (layers: readonly NamedShape[]): string[] => layers.map(({ name }) => name);

/** The layers in the order of these names; null where the names are others. */
function arranged(layers: readonly NamedLayer[], order: readonly string[]): NamedLayer[] | null {
  if (order.length !== layers.length || new Set(order).size !== order.length) return null;
  const found = order.map((name) => layers.find((layer) => layer.name === name));
  return found.every((layer) => layer !== undefined) ? found : null;
}

/** The first place, from 1, at which a layer takes something else than the one before gives. */
const misfit = (order: readonly LayerShape[]): number | undefined =>
  order.findIndex(({ inputs }, index) => index > 0 && inputs !== order[index - 1].outputs) + 1 || undefined;

function checkChain(order: readonly NamedShape[]): void {
  const at = misfit(order);
  if (at === undefined) return;
  const [before, layer] = [order[at - 2], order[at - 1]];
  throw new WeightsError(text.layersDisagree(layer.name, layer.inputs, before.name, before.outputs));
}

function joined(order: readonly NamedLayer[]): Float32Array<ArrayBuffer> {
  const flat = new Float32Array(order.reduce((sum, { parameters }) => sum + parameters.length, 0));
  let at = 0;
  for (const { parameters } of order) {
    flat.set(parameters, at);
    at += parameters.length;
  }
  return flat;
}

const shapeText = (layers: readonly LayerShape[]): string =>
  [layers[0].inputs, ...layers.map(({ outputs }) => outputs)].join(' → ');

function otherNetwork(found: readonly LayerShape[], { network, partitions }: Plan): string {
  const parts = partitions.map(({ layers }) => shapeText(layers.map(shapeOf))).join('; ');
  return text.otherNetwork(
    shapeText(found),
    shapeText(network.map(shapeOf)),
    partitions.length > 1 ? parts : null,
  );
}

/** Equal but for what is lost when statistics are written and worked with in other programs. */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-4;

function remarksOn(
  { activations, pixels, standardisation }: KnownOfWeights,
  { firstLayer, layers }: Place,
  { plan, strategies, standardisation: own }: Destination,
): string[] {
  const remarks: string[] = [];
  const others = strategies.filter(madeOfBlocks);
  if (others.length > 0) remarks.push(text.otherwiseBegun(others.map((id) => STRATEGIES[id].label)));
  if (standardisation === 'included') remarks.push(text.standardisationTaken);
  else if (pixels && own && firstLayer === 0) {
    const here = pixelStatistics(own);
    const same = near(pixels.mean, here.mean) && near(pixels.std, here.std);
    if (!same) remarks.push(text.otherPixels(pixels, here));
  }
  if (activations?.length === layers.length) {
    const begin = strategies.filter((id) => !madeOfBlocks(id));
    const networks = new Set(begin.map((strategy) => trainedBy(strategy, plan).network));
    for (const network of networks) {
      const used = network.slice(firstLayer, firstLayer + layers.length).map(activationOf);
      if (used.every((one, index) => one === activations[index])) continue;
      remarks.push(text.otherActivations(activations, network === plan.labelNetwork, used));
    }
  }
  return remarks;
}
