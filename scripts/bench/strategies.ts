/** Every strategy on the same network, seed and batches, each on devices (workers) of its own. Runs in a page. */
import { threadsOf } from '../../src/experiment/threads.ts';
import { plan as planOf } from '../../src/experiment/plan.ts';
import { STRATEGIES, type StrategyId } from '../../src/experiment/strategies.ts';
import { DEFAULTS } from '../../src/experiment/table.ts';
import type { Spawner } from '../../src/devices/device.ts';
import { spawnWorker } from '../../src/session/spawn-worker.ts';
import type { StrategyRun } from '../../src/strategies/contract.ts';
import { STRATEGY_LIST } from '../../src/strategies/registry.ts';
import { BATCHES, evenCuts, materialOf, PIXEL_SCALE, RATE, type Problem } from './problem.ts';
import { interleave, type RoundOptions } from './rounds.ts';

export interface MeasuredStrategy {
  readonly strategy: StrategyId;
  readonly label: string;
  readonly engine: 'webgpu' | 'cpu';
  readonly problem: Problem;
  readonly devices: number;
  readonly stepsPerSecond: readonly number[];
  /** Share of all devices' time that went into sending, waiting for others and adding up; 0 where nothing is sent. */
  readonly transferShare: number;
  readonly bytesPerStep: number;
  readonly peakBytesPerDevice: number;
}

/** @param count Devices of every strategy but conventional training; partitions are as even as layers allow. */
export async function measureStrategies(
  engine: 'webgpu' | 'cpu',
  problem: Problem,
  count: number,
  options: RoundOptions,
  { spawn, cores }: { spawn: Spawner; cores: number } = {
    spawn: spawnWorker,
    cores: navigator.hardwareConcurrency,
  },
): Promise<MeasuredStrategy[]> {
  const { widths, batch } = problem;
  const { images, labels } = materialOf(problem);
  const samples = BATCHES * batch;
  const split = { images, labels, count: samples };
  const data = {
    pixels: widths[0],
    classes: widths[widths.length - 1],
    train: split,
    test: split,
    scale: PIXEL_SCALE,
    shift: 0,
  };
  const experiment = {
    ...DEFAULTS,
    layers: widths.slice(1, -1),
    cuts: evenCuts(widths.length - 1, count),
    devices: count,
    batch,
    learningRate: RATE,
  };
  const shape = { pixels: data.pixels, classes: data.classes, trainCount: samples, testCount: samples };
  const plan = planOf(experiment, shape);

  const runs: { id: StrategyId; run: StrategyRun; steps: number; ms: number }[] = [];
  for (const strategy of STRATEGY_LIST) {
    const run = await strategy.open({
      experiment,
      plan,
      data,
      engines: [engine],
      spawn,
      threads: (devices) => threadsOf(experiment, strategy.id, cores, devices),
      check: false,
    });
    runs.push({ id: strategy.id, run, steps: 0, ms: 0 });
  }
  /**
   * Goes on by some steps, epoch after epoch of the few batches there are. After its last epoch a run goes through all of them
   * again: what a strategy does once in a run, such as handing activations on, keeps its share.
   */
  const train = async (one: (typeof runs)[number], steps: number) => {
    for (const end = one.steps + steps; one.steps < end;) {
      const from = one.steps % plan.totalSteps;
      const epoch = Math.floor(from / BATCHES);
      const to = Math.min(from + end - one.steps, (epoch + 1) * BATCHES);
      const turn = { from, to, epoch, endsEpoch: to === (epoch + 1) * BATCHES };
      const learningRates = new Float32Array(to - from).fill(RATE);
      const { ms } = await one.run.turn({
        phase: 'training',
        turn,
        learningRate: RATE,
        learningRates,
        onProgress: () => {},
      });
      one.ms += ms;
      one.steps += to - from;
    }
  };
  // Once before, so that everything is compiled.
  for (const one of runs) await train(one, 1);
  const learningRates = await interleave(
    runs.map((one) => (steps: number) => train(one, steps)),
    options,
  );
  const measured: MeasuredStrategy[] = [];
  for (const [index, { id, run, steps, ms }] of runs.entries()) {
    const readings = await Promise.all(run.devices.map(({ remote }) => remote.read()));
    let work = 0;
    let bytes = 0;
    for (const { spent, traffic } of readings) {
      work += spent.forward + spent.backward + spent.update + spent.train;
      for (const { bytes: sent } of Object.values(traffic.training)) bytes += sent;
    }
    measured.push({
      strategy: id,
      label: STRATEGIES[id].label,
      engine,
      problem,
      devices: run.devices.length,
      stepsPerSecond: learningRates[index],
      transferShare: bytes > 0 ? 1 - work / (ms * run.devices.length) : 0,
      bytesPerStep: bytes / steps,
      peakBytesPerDevice: Math.max(...readings.map(({ memory }) => memory.peak - memory.peakByKind.data)),
    });
  }
  for (const { run } of runs) await run.close();
  return measured;
}
