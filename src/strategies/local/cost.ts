import type { StageCostEstimate } from '../../experiment/cost/stage.ts';
import type { DeviceCostEstimate, CostEstimate, Strategy } from '../contract.ts';

/** A part's cost and its layers `[from, to)` in the network. */
export interface PartCostEstimate extends StageCostEstimate {
  readonly layers: readonly [from: number, to: number];
}

/** Cost of parts that send nothing while they train. */
export function localCost(
  parts: readonly PartCostEstimate[],
  evaluationBytes: CostEstimate['evaluationBytes'] = () => 0,
): CostEstimate {
  const devices = parts.map(
    ({ layers: [from, to], parameters, memory, flopsPerStep }, rank): DeviceCostEstimate => ({
      rank,
      holds: to - from === 1 ? `Layer ${to}` : `Layers ${from + 1}–${to}`,
      parameters,
      memory,
      flopsPerStep,
      sendsPerStep: 0,
    }),
  );
  return {
    devices,
    flopsPerStep: devices.reduce((sum, { flopsPerStep }) => sum + flopsPerStep, 0),
    bytesPerStep: 0,
    messagesPerStep: 0,
    evaluationBytes,
  };
}

/** Devices that send nothing are as fast as the slowest of them, on any link. */
export const LOCAL_TIME: Pick<Strategy, 'stepSeconds' | 'stepFormula'> = {
  stepSeconds: ({ compute }) => Math.max(...compute),
  stepFormula: 'the slowest device’s computing; nothing is sent',
};
