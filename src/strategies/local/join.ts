/** Putting partitions back together on one device, for recovery epochs. Counted as `join` traffic. */
import type { RankContext } from '../../devices/program.ts';
import type { StageSpec } from '../../engines/contract.ts';
import { countParameters } from '../../network/layers/layers.ts';

export interface SendParameters {
  readonly stage: string;
  readonly to: number;
}

/** Sends a copy of a stage's parameters to another rank. */
export async function sendParameters(context: RankContext, { stage, to }: SendParameters): Promise<void> {
  const values = await context.stage(stage).readParameters();
  context.link(to).send('join', 'parameters', [values]);
}

export interface JoinParameters {
  /** This rank's own part, which the joined network replaces. */
  readonly stage: string;
  readonly from: readonly number[];
  /** The joined stage, without its parameters. */
  readonly as: string;
  readonly spec: Omit<StageSpec, 'parameters'>;
}

/** Takes the parameters of the other ranks, in rank order, and builds the joined network from them. */
export async function joinParameters(
  context: RankContext,
  { stage, from, as, spec }: JoinParameters,
): Promise<void> {
  const parameters = new Float32Array(countParameters(spec.layers));
  let offset = 0;
  const append = (values: Float32Array) => {
    parameters.set(values, offset);
    offset += values.length;
  };
  append(await context.stage(stage).readParameters());
  for (const rank of from) append((await context.link(rank).receive('parameters'))[0] as Float32Array);
  context.drop(stage);
  await context.build(as, { ...spec, parameters });
}
