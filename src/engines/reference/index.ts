/**
 * The engine contract in plain TypeScript, on `network/reference.ts`. Slow and readable: the oracle of
 * `contract-tests.ts`, and a way to run tiny experiments where nothing else is to be had. Not in the engine menu.
 */
import { countParameters } from '../../network/spec.ts';
import { Ledger } from '../ledger.ts';
import type { DeviceLoss, Engine, Stage, StageSpec } from '../contract.ts';
import { ReferenceStage } from './stage.ts';

export function createReferenceEngine(): Engine {
  const ledger = new Ledger();
  const stages = new Set<Stage>();
  let lose: (loss: DeviceLoss) => void;
  const lost = new Promise<DeviceLoss>((resolve) => (lose = resolve));
  return {
    about: { engine: 'reference', name: 'Plain TypeScript', software: true, details: {} },
    lost,
    async stage(spec: StageSpec) {
      if (spec.parameters.length !== countParameters(spec.layers)) {
        throw new RangeError(
          `Expected ${countParameters(spec.layers)} parameters for these layers, found ${spec.parameters.length}.`,
        );
      }
      const stage = new ReferenceStage(spec, ledger);
      stages.add(stage);
      return stage;
    },
    memory: () => ledger.read(),
    resetPeak: () => ledger.resetPeak(),
    async dispose() {
      for (const stage of stages) stage.dispose();
      lose({ reason: 'destroyed', message: 'The device was closed.' });
    },
  };
}
