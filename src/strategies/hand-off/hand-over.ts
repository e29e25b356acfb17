/** What a finished partition gives for every training image, sent to the next one once. */
import { workedMs } from '../../devices/pauses.ts';
import type { RankContext } from '../../devices/program.ts';
import { now } from '../../devices/spans.ts';
import type { StageInput } from '../../engines/contract.ts';
import { engineFaults } from '../../engines/words.ts';
import { FLOAT_BYTES } from '../../experiment/cost/stage.ts';
import { WordedError } from '../../messages/worded.ts';
import { inputSize, outputSize } from '../../network/layers/layers.ts';

/** The name of what a partition was handed: activations `[samples, width]`, in the order of the images. */
export const HANDED = 'handed';

/** Images per message: bounds what is on its way. */
export const CHUNK = 512;

export interface Giving {
  readonly stage: string;
  readonly to: number;
  /** Training images. */
  readonly samples: number;
}

/** Runs the finished partition over all training images. @returns Milliseconds without pauses. */
export async function giveActivations(
  context: RankContext,
  { stage: name, to, samples }: Giving,
): Promise<number> {
  const stage = context.stage(name);
  const { source, layers } = stage.spec;
  const handed = context.kept.get(HANDED);
  const [inputs, outputs] = [inputSize(layers), outputSize(layers)];
  const started = now();
  for (let from = 0; from < samples; from += CHUNK) {
    await context.gate();
    const count = Math.min(CHUNK, samples - from);
    const input: StageInput =
      source.kind === 'images'
        ? { kind: 'images', split: 'train', order: Uint32Array.from({ length: count }, (_, i) => from + i) }
        : {
            kind: 'activations',
            count,
            values: handed!.values.subarray(from * inputs, (from + count) * inputs),
          };
    const free = context.engine.hold('workspace', FLOAT_BYTES * count * outputs);
    const { output } = await context.spans
      .during('forward', () => stage.infer(input, { output: true }))
      .finally(free);
    const values = output as Float32Array<ArrayBuffer>;
    context.spans.while('send', () => context.link(to).send('training', HANDED, [values]));
  }
  // It has learned all it will.
  handed?.free();
  context.kept.delete(HANDED);
  return workedMs([context.clock(started)])[0];
}

export interface Taking {
  readonly stage: string;
  readonly from: number;
  readonly samples: number;
  /** When its turn began (`now()`): since then it has waited. */
  readonly since: number;
}

/** Keeps what the partition before gives, until this one has learned from it. */
export async function takeActivations(
  context: RankContext,
  { stage, from, samples, since }: Taking,
): Promise<void> {
  const width = inputSize(context.stage(stage).spec.layers);
  const values = roomFor(samples * width);
  context.kept.set(HANDED, { values, free: context.engine.hold('activations', values.byteLength) });
  context.spans.add({ kind: 'wait', start: since, end: now(), label: HANDED });
  for (let at = 0; at < samples; at += CHUNK) {
    const [rows] = await context.link(from).receive(HANDED);
    values.set(rows as Float32Array, at * width);
  }
}

function roomFor(numbers: number): Float32Array {
  try {
    return new Float32Array(numbers);
  } catch {
    throw new WordedError(engineFaults, 'no-room-handed', [FLOAT_BYTES * numbers]);
  }
}

/** Lets go of what the last partition was handed. */
export async function forgetActivations(context: RankContext): Promise<void> {
  context.kept.get(HANDED)?.free();
  context.kept.delete(HANDED);
}
