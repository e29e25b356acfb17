/** The engines an experiment can ask for, in the order in which they are listed: a row each. Their code is in `src/engines`. */

export interface EngineFacts {
  readonly label: string;
  /** One sentence for a person. */
  readonly description: string;
  /**
   * What its arithmetic runs on, which decides when it is taken unasked.
   * - `card`: the graphics processor; first where there is one, late where an adapter only plays one in software
   * - `processor`: everywhere; second
   * - `library`: somebody else's choice; last
   */
  readonly runsOn: 'card' | 'processor' | 'library';
  /**
   * How often its results have changed: raised by one when the same link gives other bits than before. Recordings, kept
   * runs and the page name it, so that curves of two revisions are not taken for a repetition that failed.
   */
  readonly revision: number;
}

const webgpu: EngineFacts = {
  label: 'WebGPU',
  description: 'Hand-written kernels on the graphics processor.',
  runsOn: 'card',
  revision: 1,
};

const cpu: EngineFacts = {
  label: 'CPU',
  description: 'WebAssembly on the processor; needs no graphics processor.',
  runsOn: 'processor',
  // 2: Adam's 1 − β are taken in double precision; in single precision its steps were 6.6e-6 too long.
  revision: 2,
};

const tfjs: EngineFacts = {
  label: 'TensorFlow.js',
  description: 'The well-known library, as a reference.',
  runsOn: 'library',
  revision: 1,
};

export const ENGINE_FACTS = { webgpu, cpu, tfjs } satisfies Readonly<Record<string, EngineFacts>>;
export type EngineId = keyof typeof ENGINE_FACTS;

export const ENGINE_IDS = Object.keys(ENGINE_FACTS) as readonly EngineId[];
