/** What is said about labels that cannot work. Part of the page's texts (`app/text/en.ts`), where a locale changes it. */
export const labelsText = {
  duplicate: (first: number, second: number, more: number) =>
    `Classes ${first} and ${second} have nearly the same label vector` +
    `${more > 0 ? ` (and ${more} more such pairs)` : ''}, so they cannot be told apart ` +
    'after the cut. Make the layer before the cut wider, or choose Gaussian labels.',
  unreachable: (percent: number) =>
    `${percent}% of the label entries are negative, which a ReLU boundary can never produce. ` +
    'Choose a linear boundary, or sparse or rectified Gaussian labels.',
  dead: (percent: number) =>
    `${percent}% of the units at this cut answer 0 to everything, so hardly anything passes it. ` +
    'Try an initial scale of 0.1 to 0.3 before the cut, a larger label scale, or a linear boundary.',
};
