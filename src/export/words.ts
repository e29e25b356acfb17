import { middle } from '../messages/middle.ts';
import type { PixelStatistics } from './standardisation.ts';

/** What is said about files of weights. Part of the page's texts (`app/text/en.ts`), where a locale changes it. */

const quoted = (text: string): string => `"${middle(text)}"`;

/** The first and the last of some layers, counted from 1. */
type Layers = readonly [first: number, last: number];

const layersText = ([first, last]: Layers): string =>
  first === last ? `layer ${first}` : `layers ${first}–${last}`;

const other = (what: string, instead: string) => `This is no safetensors file but ${what}. ${instead}.`;

export const exportText = {
  noLayers: 'There are no linear layers in this file: expected tensors named "0.weight", "0.bias", ….',
  otherwiseBegun: (strategies: readonly string[]) =>
    `${strategies.join(' and ')}: no part of it begins with these weights, because its layers are others.`,
  layersDisagree: (layer: string, takes: number, before: string, gives: number) =>
    `Layer ${quoted(layer)} takes ${takes} numbers, but ${quoted(before)} before it gives ${gives}.`,
  biasDisagrees: (bias: string, found: number, expected: number) =>
    `${quoted(bias)} has ${found} numbers, but the layer has ${expected} outputs.`,
  notFinite: (tensor: string) => `${quoted(tensor)} has numbers that are none (NaN or infinite).`,
  beyondFloat32: (tensor: string) =>
    `${quoted(tensor)} has numbers that are none (NaN or infinite), or larger than float32 has.`,
  otherFormat: {
    zip: other(
      'a ZIP, as PyTorch’s .pt and .pth files are',
      'In Python: safetensors.torch.save_file(model.state_dict(), "weights.safetensors")',
    ),
    pickle: other(
      'a pickle, as PyTorch’s older files are',
      'In Python: safetensors.torch.save_file(model.state_dict(), "weights.safetensors")',
    ),
    hdf5: other('HDF5, as Keras’s .h5 files are', 'Save the layers’ weights with the safetensors library'),
    gguf: other('GGUF', 'Take the safetensors file that it was made from'),
    gzip: other('gzip', 'Unpack it first'),
    json: other('JSON', 'Take the file that ends in .safetensors'),
    html: other('a web page', 'Download the file itself'),
    lfs: other('a pointer of Git LFS', 'Get the file that it stands for: git lfs pull'),
  },
  tooShort: (bytes: number) =>
    `This is no safetensors file: it has ${bytes} bytes, and the header's length alone takes 8.`,
  longHeader: (bytes: number, most: number) =>
    `This is no safetensors file: it says its header has ${bytes} bytes, and the format allows ${most}.`,
  shortHeader: (announced: number, found: number) =>
    `This is no safetensors file: it says its header has ${announced} bytes, but only ${found} follow.`,
  badHeader: 'This is no safetensors file: its header cannot be read.',
  twice: (key: string) => `The header names ${quoted(key)} twice, and the format allows it once.`,
  notWhole: (number: string) =>
    `The header has the number ${middle(number)}, and the format allows whole ones from 0 on.`,
  badMetadata: (found: string) => `The header's "__metadata__" is ${middle(found)}; expected texts by name.`,
  notText: (key: string, found: string) =>
    `The header's "__metadata__" has ${middle(found)} as ${quoted(key)}; expected a text.`,
  badEntry: (tensor: string, found: string) =>
    `The header says ${middle(found)} of ${quoted(tensor)}; expected "dtype", "shape" and "data_offsets".`,
  nothing: 'none',
  wrongType: (tensor: string, found: string, known: readonly string[]) =>
    `${quoted(tensor)} has numbers of type ${middle(found)}; expected one of ${known.join(', ')}.`,
  badShape: (tensor: string, found: string) =>
    `${quoted(tensor)} has the shape ${middle(found)}; expected a list of sizes.`,
  badOffsets: (tensor: string, found: string) =>
    `${quoted(tensor)} has the "data_offsets" ${middle(found)}; expected a first byte and the one after the last.`,
  wrongSize: (tensor: string, shape: string, expected: number, found: number) =>
    `${quoted(tensor)} of shape ${middle(shape)} takes ${expected} bytes, but the header gives it ${found}.`,
  hole: (tensor: string, bytes: number) =>
    `Before ${quoted(tensor)} lie ${bytes} bytes that belong to no tensor. The file may be damaged: save it again.`,
  overlap: (tensor: string, bytes: number) =>
    `${quoted(tensor)} begins ${bytes} bytes before the tensor in front of it ends. The file may be damaged: save it again.`,
  cutShort: (tensor: string, bytes: number) =>
    `${quoted(tensor)} ends ${bytes} bytes after the file does: it was cut short. Take the whole file.`,
  trailing: (bytes: number) =>
    `After the last tensor come ${bytes} bytes that belong to none. The file may be damaged: save it again.`,
  tooManyTensors: (found: number, most: number) =>
    `This file has ${found} tensors, and a network here at most ${most}: ${most / 2} layers with weights and biases.`,
  tooManyNumbers: (found: number, most: number) =>
    `This file has ${found} parameters, and a network here at most ${most}.`,
  tooLarge: (found: number, most: number) =>
    `This file has ${found} bytes, and the largest network here takes at most ${most}.`,
  strangeTensor: (tensor: string) =>
    `${quoted(tensor)} is no part of a linear layer: expected nothing but names that end in ".weight" and ".bias".`,
  missing: (tensor: string, other: string) => `There is ${quoted(other)}, but ${quoted(tensor)} is missing.`,
  wrongShape: (tensor: string, found: string, dimensions: readonly number[]) =>
    `${quoted(tensor)} has the shape ${middle(found)}; expected ${dimensions.join(' or ')} ${dimensions.at(-1) === 1 ? 'size' : 'sizes'} from 1 on.`,
  widened: (type: string) => `Its numbers of type ${type} became float32 exactly.`,
  narrowed: 'Its numbers of type F64 were rounded to float32.',
  strangeStandardisation: (found: string) =>
    `The file's "standardisation" is ${quoted(found)}; expected "before" or "included".`,
  unreadable: 'The browser could not read this file. Choose it again.',
  needsData:
    'Its first layer takes pixels as they are, and how they are standardised here is known once the data is there. Try again then.',
  standardisationTaken:
    'Its first layer took pixels as they are. Here pixels are standardised before, so that was taken out of its weights.',
  otherPixels: (theirs: PixelStatistics, ours: PixelStatistics) =>
    `They learned from pixels of mean ${theirs.mean.toFixed(4)} and std ${theirs.std.toFixed(4)}; ` +
    `those here have ${ours.mean.toFixed(4)} and ${ours.std.toFixed(4)}.`,
  otherActivations: (theirs: readonly string[], sil: boolean, ours: readonly string[]) =>
    `After its layers come ${theirs.join(', ')}; here ${sil ? 'SIL has' : 'conventional training has'} ${ours.join(', ')}.`,
  orderOpen: (order: readonly string[]) =>
    `Neither names nor sizes settle the order of its layers: ${middle(order.join(', '))} is no more than likely.`,
  placeOpen: (all: readonly Layers[], one: Layers) =>
    `It fits ${all.map(layersText).join(', ')} alike, and goes to ${layersText(one)}.`,
  otherPlace: (said: number, one: Layers) =>
    `The file says that it begins with layer ${said}, where it does not fit; it goes to ${layersText(one)}.`,
  otherLayers: (found: readonly string[], expected: readonly string[]) =>
    `The order names ${middle(found.join(', '))}; expected each of ${middle(expected.join(', '))} once.`,
  takesPixels:
    'pixels from 0 to 1 (byte / 255) of an upright image, row by row from its top left corner, ink high and paper low; ' +
    'unless standardisation is "included", less pixelMean and divided by pixelDeviation',
  takesLayer: (layer: number) => `what layer ${layer} gives`,
  givesClasses: 'a number for each class, before the softmax',
  givesLayer: (layer: number) => `what layer ${layer} gives`,
  otherNetwork: (found: string, network: string, partitions: string | null) =>
    `These weights are for ${found}, but the network is ${network}` +
    `${partitions === null ? '' : `, its partitions ${partitions}`}. Change the layers or cuts, or take another file.`,
};
