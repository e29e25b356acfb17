/** One made-up choice of each kind: the line that lists it, the files that make it whole, and who asks for those. */

/** Text that goes in after another, wherever that stands; at the beginning, where it is empty. */
export interface Line {
  readonly file: string;
  readonly after: string;
  readonly put: string;
}

export interface MadeUp {
  readonly kind: string;
  /** Lists the choice. `@` stands for what it is described by. */
  readonly listed: Line;
  /** What listing it takes beside that. */
  readonly beside?: readonly Line[];
  /** A description, whole. */
  readonly described: string;
  /** Files, tests apart, in which the type checker misses something once the choice is listed and described. */
  readonly names: readonly string[];
  /** What else makes it whole: files by path, and lines. */
  readonly files?: Readonly<Record<string, string>>;
  readonly lines?: readonly Line[];
}

/** An engine's row for a kind of layer. */
const engineLayer = (file: string, type: string): Line => ({
  file,
  after: `const LAYERS: { readonly [Kind in LayerKind]: ${type}<SpecOf<Kind>> } = {`,
  put: `'made-up': dense as unknown as ${type}<SpecOf<'made-up'>>,`,
});

export const MADE_UP: readonly MadeUp[] = [
  {
    kind: 'strategy',
    listed: {
      file: 'src/experiment/strategies.ts',
      after: 'export const STRATEGIES = {',
      put: "'made-up': @,",
    },
    described: "{ ...conventional, label: 'Made up' }",
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
    described: "{ ...cpu, label: 'Made up' }",
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
    kind: 'balance',
    listed: { file: 'src/experiment/balances.ts', after: 'export const BALANCES = {', put: "'made-up': @," },
    described: "{ ...none, label: 'Made up', description: 'None.' }",
    names: [],
  },
  {
    kind: 'optimizer',
    listed: { file: 'src/network/optimizers/registry.ts', after: 'const TABLE = {', put: "'made-up': @," },
    described: "{ ...sgd, label: 'Made up', description: 'None.' }",
    names: ['src/engines/cpu/kernels.ts', 'src/engines/tfjs/optimizer.ts'],
    lines: [
      {
        file: 'src/engines/cpu/kernels.ts',
        after: "RULE_CODES: Readonly<Record<OptimizerId | 'accumulate', number>> = {",
        put: "'made-up': 99,",
      },
      {
        file: 'src/engines/tfjs/optimizer.ts',
        after: 'const RULES: Readonly<Record<OptimizerId, Rule>> = {',
        put: "'made-up': rule({ constants: {}, updated: (parameter) => ({ parameter, moments: [] }) }),",
      },
    ],
  },
  {
    kind: 'activation',
    listed: { file: 'src/network/activations.ts', after: 'const TABLE = {', put: "'made-up': @," },
    described: '{ ...relu }',
    names: [
      'src/engines/cpu/kernels.ts',
      'src/engines/tfjs/layers/dense.ts',
      'src/engines/webgpu/kernels/common.ts',
    ],
    lines: [
      {
        file: 'src/engines/cpu/kernels.ts',
        after: 'ACTIVATION_CODES: Readonly<Record<Activation, number>> = {',
        put: "'made-up': 99,",
      },
      {
        file: 'src/engines/tfjs/layers/dense.ts',
        after: 'switch (activation) {',
        put: " case 'made-up': return undefined as never;",
      },
      {
        file: 'src/engines/webgpu/kernels/common.ts',
        after: 'const bodies: Record<Activation, string> = {',
        put: "'made-up': 'v',",
      },
    ],
  },
  {
    kind: 'kind of layer',
    listed: {
      file: 'src/network/layers/registry.ts',
      after: 'const MODULES: { readonly [Kind in LayerKind]: LayerModule<SpecOf<Kind>> } = {',
      put: "'made-up': @,",
    },
    beside: [
      { file: 'src/network/layers/registry.ts', after: 'export type LayerSpec =', put: ' MadeUpSpec |' },
      {
        file: 'src/network/layers/registry.ts',
        after: '',
        put: "type MadeUpSpec = Omit<DenseSpec, 'kind'> & { readonly kind: 'made-up' };",
      },
    ],
    described: '{ ...dense } as unknown as LayerModule<MadeUpSpec>',
    names: [
      'src/engines/cpu/layers/registry.ts',
      'src/engines/tfjs/layers/registry.ts',
      'src/engines/webgpu/layers/registry.ts',
      'src/export/layers-model.ts',
      'src/export/pytorch/layers.ts',
    ],
    lines: [
      engineLayer('src/engines/cpu/layers/registry.ts', 'CpuLayer'),
      engineLayer('src/engines/tfjs/layers/registry.ts', 'TfjsLayer'),
      engineLayer('src/engines/webgpu/layers/registry.ts', 'GpuLayer'),
      {
        file: 'src/export/layers-model.ts',
        after: 'const KINDS: { readonly [Kind in LayerKind]: Written<SpecOf<Kind>> } = {',
        put: "'made-up': {} as Written<SpecOf<'made-up'>>,",
      },
      {
        file: 'src/export/pytorch/layers.ts',
        after: 'const MADE: { readonly [Kind in LayerKind]: string } = {',
        put: "'made-up': '',",
      },
    ],
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

/** What a stage can be fed by and aim at are unions: a made-up member of each, and the switches that then lack a case. */
export const MADE_UP_ENDS: readonly Line[] = ['Source', 'Objective'].map((union) => ({
  file: 'src/engines/contract.ts',
  after: `export type ${union} =`,
  put: " { readonly kind: 'made-up' } |",
}));

export const ENDS_ASKED_IN: readonly string[] = [
  'src/engines/cpu/scores.ts',
  'src/engines/ends.ts',
  'src/engines/reference/stage.ts',
  'src/engines/tfjs/losses.ts',
  'src/engines/webgpu/plan-objective.ts',
];
