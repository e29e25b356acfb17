/**
 * What is said about engines: which one trains and why, and what goes wrong with one. Part of the page's texts
 * (`app/text/en.ts`), where a locale changes it.
 */
const mebibytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MiB`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

export const enginesText = {
  // Which one trains
  asChosen: (engine: string, on: string) => `${engine} trains, as chosen, on ${on}.`,
  noCardBehind: 'No graphics card stands behind it, so expect it to be slow.',
  askedFor: (engine: string, why: string, instead: string | null) =>
    `${engine} was asked for but cannot run here: ${why}${instead === null ? '' : ` Instead: ${instead}`}`,
  onCard: (engine: string, card: string) => `${engine} trains on your graphics card, ${card}.`,
  onProcessor: (build: string) => `The processor trains (${build}).`,
  onlySoftware: (engine: string, adapter: string) =>
    `The only ${engine} adapter here is a software one (${adapter}), which is slower.`,
  onSoftware: (engine: string, adapter: string, why: string) =>
    `${engine} trains on a software adapter (${adapter}), slowly, because the CPU engine cannot run: ${why}`,
  onLibrary: (engine: string, on: string, why: string) =>
    `${engine} trains on ${on}, because no faster engine can run here. ${why}`,
  nothing: (why: string) => `Nothing can train here. ${why}`,

  // Why one cannot run here
  notLoaded: (engine: string, why: string) =>
    `${engine} could not be loaded: ${why} Reload the page to try again.`,
  insecure: 'WebGPU needs a secure page: open it over https or on localhost.',
  noWebgpu: 'This browser has no WebGPU. Use a recent Chrome, Edge, Safari or Firefox.',
  noStart: (why: string) => `WebGPU could not start: ${why}`,
  noAdapter:
    'This browser has WebGPU but offers no graphics card to it. Update the graphics driver, ' +
    'or see what is blocked at chrome://gpu.',
  noSimd:
    'This browser cannot run WebAssembly SIMD, which the CPU engine needs. Update the browser, or choose another engine.',
};

/** What happens on a device, and is said on the page: the names cross, with the facts (`messages/worded.ts`). */
export const engineFaults = {
  'wrong-gradients': (name: string, offBy: number | null) =>
    `${name} computes wrong gradients here ` +
    `(${offBy === null ? 'not numbers' : `off by ${(100 * offBy).toPrecision(2)}%`} on a test with a known answer). ` +
    'Choose another engine, or update the browser and the graphics driver.',
  'check-failed': (name: string, why: string) => `${name} failed on a first small test: ${why}`,
  closed: () => 'The device was closed.',
  'card-lost': (why: string | null) =>
    `The graphics card stopped answering (${why ?? 'no reason was given'}). Reset to start again.`,
  'context-lost': () => 'The browser took the WebGL context away; training on it stopped.',
  'card-full': () => 'The graphics card ran out of memory. Use a smaller network or batch, or fewer devices.',
  'piece-too-large': (name: string, bytes: number, kind: string, limit: number) =>
    `This network needs ${megabytes(bytes)} in one piece for its ${kind}, but ${name} ` +
    `allows ${megabytes(limit)}. Use narrower layers, a smaller batch, or more partitions.`,
  'no-room': (name: string, bytes: number) =>
    `${name} has no room for another ${megabytes(bytes)}. Use narrower layers, a smaller batch, or close other pages.`,
  'no-room-handed': (bytes: number) =>
    `There is no room for the ${megabytes(bytes)} that a finished part hands on. ` +
    'Cut behind a narrower layer, or train on fewer images.',
  'no-memory': (held: number, more: number) =>
    `There is not enough memory for this network on the CPU engine: it holds ${mebibytes(held)} and asked for ` +
    `${mebibytes(more)} more. Choose a smaller network or batch, or close other tabs.`,
};
