/** What goes wrong with an engine: a refusal, or the loss of its device. */
import { WordedError, type Said } from '../messages/worded.ts';
import { engineFaults } from './words.ts';

type Fault = keyof typeof engineFaults;
type Facts<F extends Fault> = Parameters<(typeof engineFaults)[F]>;

/** Named so that a caller can tell a refusal by the engine from a bug. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  /** Of a refusal that is for a person: the sentence for the page's language. The rest are for who writes code here. */
  readonly said: Said | undefined;

  constructor(message: string, said?: Said) {
    super(message);
    this.said = said;
  }

  /** @param facts What the sentence tells, in the order of `engineFaults[fault]`. */
  static said<F extends Fault>(fault: F, ...facts: Facts<F>): EngineError {
    const { message, said } = new WordedError(engineFaults, fault, facts);
    return new EngineError(message, said);
  }
}

/** Why a device is gone. */
export interface DeviceLoss {
  readonly reason: 'destroyed' | 'lost' | 'out-of-memory';
  /** A sentence for a person. */
  readonly message: string;
  /** The same for the page's language. */
  readonly said: Said;
}

/** @param facts What the sentence tells, in the order of `engineFaults[fault]`. */
export function deviceLoss<F extends Fault>(
  reason: DeviceLoss['reason'],
  fault: F,
  ...facts: Facts<F>
): DeviceLoss {
  const { message, said } = new WordedError(engineFaults, fault, facts);
  return { reason, message, said };
}
