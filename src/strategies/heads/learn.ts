import type { RankContext } from '../../devices/program.ts';
import type { Stage, StageInput } from '../../engines/contract.ts';
import { FLOAT_BYTES } from '../../experiment/cost/stage.ts';
import { inputSize, outputSize } from '../../network/layers/layers.ts';

/** A stage on its device, with its head; the last stage has none. */
export interface Headed {
  readonly body: Stage;
  readonly head: Stage | null;
}

export interface Lesson {
  readonly input: StageInput;
  /** Classes of the samples, in order. */
  readonly targets: Uint8Array;
  readonly learningRate: number;
  /** Takes what the stage gives `[count, outputs]`, with the parameters before the step. Not called of the last stage. */
  readonly onOutput?: (values: Float32Array<ArrayBuffer>) => void;
}

/** What comes from elsewhere and goes from body to head and back, at most at once; and a copy where it is sent on. */
function besideBytes({ body, head }: Headed, samples: number, sent: boolean): number {
  const { layers, source } = body.spec;
  const received = source.kind === 'images' ? 0 : inputSize(layers);
  const given = head ? outputSize(layers) : 0;
  return FLOAT_BYTES * samples * Math.max(received + given, sent ? 2 * given : 0);
}

/**
 * One optimizer step of a stage that learns the classes by itself. What it gives goes out before it goes back through
 * its own layers, so that nobody waits for that.
 *
 * @returns The loss of its own objective, summed over the samples.
 */
export async function learn(
  { spans, update, engine }: RankContext,
  headed: Headed,
  { input, targets, learningRate, onOutput }: Lesson,
): Promise<number> {
  const { body, head } = headed;
  const count = targets.length;
  const free = engine.hold('workspace', besideBytes(headed, count, onOutput !== undefined));
  try {
    const { output, score } = await spans.during('forward', () => body.forward(0, input));
    const values = output as Float32Array<ArrayBuffer>;
    if (head && onOutput) spans.while('send', () => onOutput(values.slice()));
    let loss = score?.loss ?? 0;
    await spans.during('backward', async () => {
      if (!head) return body.backward(0, { divisor: count });
      const answer = await head.forward(0, { kind: 'activations', count, values, targets });
      loss = answer.score!.loss;
      const gradient = (await head.backward(0, { divisor: count }))!;
      return body.backward(0, { gradient, divisor: count });
    });
    await update(() =>
      spans.during('update', async () => {
        await body.optimizerStep(learningRate);
        await head?.optimizerStep(learningRate);
      }),
    );
    return loss;
  } finally {
    free();
  }
}
