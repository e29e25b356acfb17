/**
 * What is said about an experiment, and about what a link asked for and did not get. Part of the page's texts
 * (`app/text/en.ts`), where a locale changes it. Settings' own names stand in the table of fields.
 */
export const experimentText = {
  // What stands in a setting's place in a link
  valueReplaced: (label: string, found: string, expected: string, used: string) =>
    `${label}: found “${found}”, expected ${expected}. Using ${used || 'none'} instead.`,
  expectedNumber: (range: string) => `a ${range}`,
  expectedNumbers: (fewest: number, most: number, range: string) =>
    `${fewest} to ${most} numbers, each a ${range}, separated by commas`,
  /** Layer normalisation, in short. */
  normalisation: 'LN',
  expectedLayers: (most: number, range: string) =>
    `1 to ${most} entries, separated by commas: each a ${range}, or ln behind one`,
  range: (min: number, max: number, whole: boolean) =>
    `${whole ? 'whole number' : 'number'} from ${min} to ${max}`,
  expectedChoices: (most: number, choices: string) => `1 to ${most} of ${choices}, separated by commas`,
  or: (items: readonly string[]) =>
    items.length === 1 ? items[0] : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`,
  and: (items: readonly string[]) =>
    items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`,
  expectedStrategies: (known: string) => `different ones of ${known}`,
  expectedCuts: (most: number, layers: number) =>
    `up to ${most} increasing whole numbers from 1 to ${layers}, the number of hidden layers`,
  expectedParameters: (most: string, found: string) => `at most ${most} parameters in all, not ${found}`,
  expectedPerPlace: (of: 'cuts' | 'partitions', places: number) =>
    `one for all ${of}, or one for each of ${places}`,
  experiment: 'Experiment',
  expectedExperiment: 'an object of settings',
  defaults: 'defaults',

  // The link as a whole
  badEncoding: (part: string) =>
    `The link holds “${part}”, which is not properly percent-encoded. It was left out.`,
  expectedEncoding: 'percent-encoded text',
  repeated: (key: string) => `The link sets “${key}” more than once. The first one counts.`,
  expectedOnce: 'each setting once',
  unknown: (key: string) =>
    `The link sets “${key}”, which is not a setting of this version. It was left out.`,
  expectedKnown: 'a known setting',
  tooLong: (found: number, most: number) =>
    `This link is ${found} characters long, and at most ${most} are read. ` +
    'It was left out; the page starts from its defaults.',
  characters: (count: number) => `${count} characters`,
  atMostCharacters: (count: number) => `at most ${count} characters`,
  version: (version: number) => `version ${version}`,
  newerVersion: (found: string, own: number) =>
    `This link was made by a newer version (${found}; this one reads ${own}), so some settings may be missing. ` +
    'Reload the page to get the newest.',
  otherVersion: (found: string, own: number) =>
    `The link's version is “${found}”, expected ${own}. It was read as version ${own}.`,
  more: (count: number) => `The link has ${count} more problems of this sort.`,
  mended: (what: string) => `A program on the way changed this link: ${what}. It was read as it was meant.`,
  /** What was done to it; each takes the place where it was seen. */
  undone: {
    entities: () => 'it wrote “&amp;” for “&”',
    encoded: () => 'it percent-encoded what parts the settings',
    mail: () => 'it broke lines and wrote “=3D” for “=”, as mail does',
    escapes: () => 'it put backslashes in',
    trackers: () => 'it hung something of its own on it',
    capitals: () => 'it began a setting with a capital letter',
    letters: () => 'it put in other dashes, invisible characters or spaces',
    ends: (found: string) => `it took “${found}” at the end for part of it`,
  } satisfies Record<string, (found: string) => string>,

  // In one line
  uncut: 'uncut',
  cutAfter: (count: number, layers: string, features: boolean, codes: string, carried: number) => {
    const image = carried > 0 ? [`${Number(carried.toPrecision(3))}% image`] : [];
    const labels = [...image, ...(codes ? [`${codes} labels`] : [])].join(' in ');
    const targets = [...(features ? ['features'] : []), ...(labels ? [labels] : [])];
    return `cut after layer${count > 1 ? 's' : ''} ${layers}, ${targets.join(', then ')}`;
  },
  learningRate: (optimizer: string, learningRate: number, cosine: boolean) =>
    `${optimizer} ${learningRate}${cosine ? ' (cosine)' : ''}`,
  decay: (decay: number) => `decay ${decay}`,
  schedule: (batch: number, epochs: number, seed: number) =>
    `batch ${batch}, ${epochs} epoch${epochs === 1 ? '' : 's'}, seed ${seed}`,
  balance: (how: string) => `classes balanced by ${how.toLowerCase()}`,
};
