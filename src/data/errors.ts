/** Refusals of data, and remarks on it, as sentences. */
import { WordedError, type Said } from '../messages/worded.ts';
import { dataFaults, type dataRemarks } from './words.ts';

/** What can be wrong with data, by name. */
export type DataErrorCode = keyof typeof dataFaults;

/**
 * A refusal: `message` is a sentence for the person, `code` is for tests and for deciding on a retry.
 * @param facts What the sentence tells, in the order of `dataFaults[code]`.
 */
export class DataError<Code extends DataErrorCode = DataErrorCode> extends WordedError<
  typeof dataFaults,
  Code
> {
  readonly code: DataErrorCode;

  constructor(code: Code, ...facts: Parameters<(typeof dataFaults)[Code]>) {
    super(dataFaults, code, facts);
    this.name = 'DataError';
    this.code = code;
  }

  /** The same refusal with what led to it. */
  because(cause: unknown): this {
    this.cause = cause;
    return this;
  }
}

/** A remark: data with something worth knowing is taken all the same. */
export const remark = <Name extends keyof typeof dataRemarks>(
  sentence: Name,
  ...facts: Parameters<(typeof dataRemarks)[Name]>
): Said => ({ sentence, facts });
