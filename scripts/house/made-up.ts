/** One made-up choice of each kind: the line that lists it, the files that make it whole, and who asks for those. */

/** Text that goes in after another. */
export interface Line {
  readonly file: string;
  readonly after: string;
  readonly put: string;
}

export interface MadeUp {
  readonly kind: string;
  /** Lists the choice. `@` stands for what it is described by. */
  readonly listed: Line;
  /** A description, whole. */
  readonly described: string;
  /** Files in which the type checker misses something once the choice is listed and described. */
  readonly names: readonly string[];
  /** What else makes it whole: files by path, and lines. */
  readonly files?: Readonly<Record<string, string>>;
  readonly lines?: readonly Line[];
}

export const MADE_UP: readonly MadeUp[] = [
  {
    kind: 'strategy',
    listed: {
      file: 'src/experiment/strategies.ts',
      after: 'export const STRATEGIES = {',
      put: "'made-up': @,",
    },
    described: `{
      label: 'Made up', description: 'None.', line: { light: '#000000', dark: '#ffffff', dash: '1 1' },
      spread: 'copies', needsLabels: false, settings: [],
    }`,
    names: ['src/strategies/registry.ts'],
    files: {
      'src/strategies/made-up/index.ts': `
        import { conventional } from '../conventional/index.ts';
        import type { Strategy } from '../contract.ts';
        export const madeUp: Strategy<'made-up'> = { ...conventional, id: 'made-up' };`,
    },
    lines: [
      {
        file: 'src/strategies/registry.ts',
        after: 'const REGISTRY: { readonly [Id in StrategyId]: Strategy<Id> } = {',
        put: "'made-up': madeUp,",
      },
      {
        file: 'src/strategies/registry.ts',
        after: '',
        put: "import { madeUp } from './made-up/index.ts';\n",
      },
    ],
  },
  {
    kind: 'engine',
    listed: {
      file: 'src/experiment/engines.ts',
      after: 'export const ENGINE_FACTS = {',
      put: "'made-up': @,",
    },
    described: "{ label: 'Made up', description: 'None.', runsOn: 'library', revision: 1 }",
    names: ['src/engines/registry.ts'],
    files: {
      'src/engines/made-up/index.ts': `
        import type { EngineProvider } from '../contract.ts';
        import { cpuEngine } from '../cpu/index.ts';
        export const madeUpEngine: EngineProvider = { ...cpuEngine };`,
    },
    lines: [
      {
        file: 'src/engines/registry.ts',
        after: 'const LOADERS: { readonly [Id in EngineId]: () => Promise<EngineProvider> } = {',
        put: "'made-up': async () => (await import('./made-up/index.ts')).madeUpEngine,",
      },
    ],
  },
  {
    kind: 'data set',
    listed: { file: 'src/experiment/datasets.ts', after: 'export const DATASETS = {', put: "'made-up': @," },
    described: "{ ...mnist, label: 'Made up', description: 'None.' }",
    names: [],
  },
  {
    kind: 'label code',
    listed: { file: 'src/labels/codes.ts', after: 'export const CODES = {', put: "'made-up': @," },
    described: "{ ...gaussian, label: 'Made up', description: 'None.' }",
    names: [],
  },
  {
    kind: 'choice of synthetic inputs',
    listed: { file: 'src/labels/mixes.ts', after: 'export const MIXES = {', put: "'made-up': @," },
    described: "{ ...pure, label: 'Made up', description: 'None.' }",
    names: [],
  },
  {
    kind: 'preset',
    listed: { file: 'src/experiment/presets.ts', after: 'const LIST = [', put: '@,' },
    described: "{ id: 'made-up', label: 'Made up', watch: 'Nothing.', settings: {} }",
    names: [],
  },
  {
    kind: 'language',
    listed: {
      file: 'src/app/text/locale.ts',
      after: 'const LOCALES: Readonly<Record<string, () => Promise<Locale>>> = {',
      put: "'made-up': @,",
    },
    described: "async () => (await import('./made-up.ts')).madeUp",
    names: [],
    files: {
      'src/app/text/made-up.ts': `
        import type { Locale } from './locale.ts';
        export const madeUp: Locale = { tag: 'x', direction: 'ltr', translate: (english) => english };`,
    },
  },
];
