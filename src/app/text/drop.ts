/** Words of dropping files anywhere on the page. */
export const dropText = {
  here: 'Drop MNIST, EMNIST, runs or weights here',
  name: 'Dropped files',
  oneOfWeights: (used: string, others: number) =>
    `${used} is used. ${others === 1 ? 'The other file' : `The other ${others} files`} of weights ` +
    'would have replaced it: drop one at a time.',
};
