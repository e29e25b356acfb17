import { parseArgs } from 'node:util';

/** What can be measured alone. */
const PARTS = ['browser', 'node', 'strategies'] as const;

/** What can be measured instead of engines of all kinds. */
const NAMED = ['page', 'screen', 'cores', 'pytorch'] as const;

export interface BenchOptions {
  readonly quick: boolean;
  readonly json: boolean;
  readonly write: boolean;
  /** Whether to show what got faster or slower since the newest kept run of such a machine. */
  readonly compare: boolean;
  readonly hardware: boolean;
  readonly executable: string | null;
  readonly only: (typeof PARTS)[number] | null;
  /** How the page itself behaves, how much of it is one screen, or what all the cores are worth. */
  readonly of: (typeof NAMED)[number] | null;
  /** A commit whose build takes part, of "cores". */
  readonly against: string | null;
  readonly help: boolean;
}

export const HELP = `npm run bench -- [page|screen|cores|pytorch] [options]

  page               the page itself: first download, readiness, long tasks, frames
  screen             the page on four sizes: controls, words, height, targets, shifts
  cores              the processor alone: our engine on one core and on all, its rivals with their own threads, PyTorch if
                     its environment is there, what a barrier costs and what more cores would be worth
  pytorch            the same, and makes PyTorch's environment first

  --quick            the default network only, fewer rounds; ends within a minute
  --json             print JSON to standard output (progress goes to standard error)
  --write            write the results to docs/benchmarks.md, and keep them in docs/benchmarks/
  --compare          show what got faster or slower since the newest kept run of such a machine
  --only PART        "browser", "node" (WebGPU from Dawn) or "strategies"; by default all, in a quick run the browser
  --against COMMIT   with cores: the build of that commit takes part
  --hardware         use the machine's GPU; without it WebGPU runs on SwiftShader
  --chrome PATH      the Chrome or Chromium to use`;

/** @throws Error with a sentence for an option that is not one. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      compare: { type: 'boolean', default: false },
      hardware: { type: 'boolean', default: false },
      chrome: { type: 'string' },
      only: { type: 'string' },
      against: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { only, chrome, against, ...flags } = values;
  const part = PARTS.find((one) => one === only) ?? null;
  if (only !== undefined && part === null) {
    throw new Error(`--only takes ${PARTS.map((one) => `"${one}"`).join(', ')}, but found "${only}".`);
  }
  const [what, ...rest] = positionals;
  const of = NAMED.find((one) => one === what) ?? null;
  if (rest.length > 0 || (what !== undefined && of === null)) {
    throw new Error(
      `Only ${NAMED.map((one) => `"${one}"`).join(', ')} can be named, but found "${positionals.join(' ')}".`,
    );
  }
  if (against !== undefined && of !== 'cores' && of !== 'pytorch')
    throw new Error('--against goes with "cores": npm run bench -- cores --against COMMIT.');
  return { ...flags, of, executable: chrome ?? null, only: part, against: against ?? null };
}
