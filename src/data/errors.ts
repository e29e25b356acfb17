/** Refusals of data, as sentences. */
import { WordedError } from '../messages/worded.ts';
import { dataFaults } from './words.ts';

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
