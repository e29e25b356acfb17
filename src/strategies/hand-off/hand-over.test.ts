import { expect, it } from 'vitest';
import type { RankContext } from '../../devices/program.ts';
import { takeActivations } from './hand-over.ts';

it('says that there is no room for what is handed on, before anything is sent', async () => {
  const layers = [{ kind: 'dense', inputs: 512, outputs: 10, activation: 'linear' }];
  const context = { stage: () => ({ spec: { layers } }) } as unknown as RankContext;
  // More numbers than an array can have anywhere.
  await expect(
    takeActivations(context, { stage: 'stage', from: 0, samples: 2 ** 50, since: 0 }),
  ).rejects.toThrow(
    /There is no room for the \d+ MB that a finished part hands on\. Cut behind a narrower layer/,
  );
});
