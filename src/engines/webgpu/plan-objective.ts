/** Which kernels score a stage's output, a kind of objective each. */
import type { Activation } from '../../network/activations.ts';
import type { Objective } from '../contract.ts';
import { Dispatch, read, write, type Bound } from './dispatch.ts';
import type { GpuDevice } from './gpu-device.ts';
import { aimDistance, aimGradient } from './kernels/aims.ts';
import { classDistances, hybridGradient, hybridScore } from './kernels/hybrid.ts';
import { labelDistance, softmaxCrossEntropy } from './kernels/objectives.ts';

/** How a stage's output is scored, without and with the gradient of that. */
export function planObjective(
  gpu: GpuDevice,
  objective: Objective,
  width: number,
  activation: Activation,
  scored: Record<0 | 1 | 2, Bound>,
  buffers: Readonly<Record<'table' | 'distances' | 'aims', GPUBuffer | null | undefined>> & {
    readonly delta: GPUBuffer;
  },
): { score: Promise<Dispatch>[]; seed: Promise<Dispatch>[] } {
  const { delta, table } = buffers;
  const made = (code: string, bound: Record<number, Bound>) =>
    Dispatch.create(gpu, code, { ...scored, ...bound }, (count) => [count, 1]);
  switch (objective.kind) {
    case 'classes':
      return {
        score: [made(softmaxCrossEntropy(width, false), {})],
        seed: [made(softmaxCrossEntropy(width, true), { 3: write(delta) })],
      };
    case 'labels': {
      const shape = { width, classes: objective.table.classes, scale: objective.scale, activation };
      return {
        score: [made(labelDistance({ ...shape, for: 'score' }), { 3: read(table!) })],
        seed: [made(labelDistance({ ...shape, for: 'train' }), { 3: write(delta), 4: read(table!) })],
      };
    }
    case 'fixed': {
      const shape = { width, scale: objective.scale, activation };
      const aims = read(buffers.aims!);
      const { 0: y, 2: scores } = scored;
      const distance = (classes: number) =>
        Dispatch.create(
          gpu,
          aimDistance(shape, classes),
          {
            ...{ 0: y, 1: aims, 2: scores },
            ...(classes > 0 ? { 3: read(table!), 4: scored[1] } : {}),
          },
          (count) => [count, 1],
        );
      const gradient = Dispatch.create(
        gpu,
        aimGradient(shape),
        { 0: y, 1: aims, 2: write(delta) },
        (count) => [width, count],
      );
      return {
        score: [distance(objective.fixed.table?.classes ?? 0)],
        seed: [distance(0), gradient],
      };
    }
    case 'hybrid': {
      const { classes } = objective.table;
      const shape = { ...objective, width, classes, activation };
      const { 0: y, 1: targets, 2: scores } = scored;
      const shares = buffers.distances!;
      const distances = { 0: y, 1: read(table!), 2: write(shares) };
      const score = [
        Dispatch.create(gpu, classDistances(shape), distances, (count) => [classes, count]),
        Dispatch.create(gpu, hybridScore(shape), { 0: targets, 1: scores, 2: write(shares) }, (count) => [
          count,
          1,
        ]),
      ];
      const gradient = { 0: y, 1: targets, 2: read(table!), 3: read(shares), 4: write(delta) };
      const last = Dispatch.create(gpu, hybridGradient(shape), gradient, (count) => [width, count]);
      return { score, seed: [...score, last] };
    }
  }
}
