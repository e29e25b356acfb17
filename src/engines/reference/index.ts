/**
 * The engine contract in plain TypeScript, on `network/reference.ts`. Slow and readable: the oracle of
 * `contract-tests/`, and a way to run tiny experiments where nothing else is to be had. Not in the engine menu.
 */
import { checkSpec } from '../checks.ts';
import { answersOf, Ledger } from '../ledger.ts';
import type { Engine, Shard, Stage, StageSpec } from '../contract.ts';
import { deviceLoss, type DeviceLoss } from '../errors.ts';
import { ReferenceShard } from './shard.ts';
import { ReferenceStage } from './stage.ts';

export function createReferenceEngine(): Engine {
  const ledger = new Ledger();
  const stages = new Set<Stage | Shard>();
  let lose: (loss: DeviceLoss) => void;
  const lost = new Promise<DeviceLoss>((resolve) => (lose = resolve));
  return {
    about: { engine: 'reference', name: 'Plain TypeScript', software: true, details: {} },
    lost,
    async stage(spec: StageSpec) {
      checkSpec(spec);
      const stage = new ReferenceStage(spec, ledger);
      stages.add(stage);
      return stage;
    },
    async shard(values, optimizer, decay) {
      const shard = new ReferenceShard(values, optimizer, decay, ledger);
      stages.add(shard);
      return shard;
    },
    ...answersOf(ledger),
    async dispose() {
      for (const stage of stages) stage.dispose();
      lose(deviceLoss('destroyed', 'closed'));
    },
  };
}
