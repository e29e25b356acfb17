/** What is said about files of weights. Part of the page's texts (`app/text/en.ts`), where a locale changes it. */
export const exportText = {
  noLayers: 'There are no linear layers in this file: expected tensors named "0.weight", "0.bias", ….',
  layersDisagree: (layer: string, takes: number, gives: number) =>
    `Layer "${layer}" takes ${takes} numbers, but the one before it gives ${gives}.`,
  biasDisagrees: (bias: string, found: number, expected: number) =>
    `"${bias}" has ${found} numbers, but the layer has ${expected} outputs.`,
  notFinite: 'This file has weights that are no numbers (NaN or infinite).',
  tooShort: (bytes: number) =>
    `This is no safetensors file: it has ${bytes} bytes, and the header alone takes 8.`,
  shortHeader: (announced: number, found: number) =>
    `This is no safetensors file: it says its header has ${announced} bytes, but only ${found} follow.`,
  badHeader: 'This is no safetensors file: its header cannot be read.',
  missing: (tensor: string) => `"${tensor}" is missing.`,
  wrongType: (tensor: string, found: string) => `"${tensor}" has numbers of type ${found}; expected F32.`,
  wrongShape: (tensor: string, found: string, dimensions: number) =>
    `"${tensor}" has the shape ${found}; expected ${dimensions} dimensions.`,
  cutShort: (tensor: string, bytes: number) =>
    `"${tensor}" should have ${bytes} bytes, but the file has not: it may be cut short.`,
  otherNetwork: (found: string, network: string, partitions: string | null) =>
    `These weights are for ${found}, but the network is ${network}` +
    `${partitions === null ? '' : `, its partitions ${partitions}`}. Change the layers or cuts, or take another file.`,
};
