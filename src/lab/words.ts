/** What the lab says in a terminal. */
export const labText = {
  noWeights: (file: string) => `There is no file ${file} to begin with, or it cannot be read.`,
  orderOpen: (file: string, order: string) =>
    `${file}: neither names nor sizes settle the order of its layers. Say it, e.g. --layer-order '${order}'.`,
  placeOpen: 'Other cuts or a file that says its "firstLayer" settle it.',
  orderWithoutWeights: '--layer-order says how to read --weights FILE, but there is none.',
  weightsExported:
    '--export-pytorch writes no weights: give the file to the script itself, as --weights FILE.',
};
