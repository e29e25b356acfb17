/** What can be wrong with data, by name. The sentence says which file, what was found, what was expected, what to do. */
export type DataErrorCode =
  // The bytes of a file
  | 'empty-file'
  | 'html'
  | 'wrong-magic'
  | 'truncated'
  | 'broken-gzip'
  | 'damaged'
  | 'trailing-bytes'
  | 'image-size'
  | 'too-large'
  | 'label-range'
  // Files together
  | 'counts-disagree'
  | 'one-class'
  | 'blank'
  | 'missing-files'
  | 'zip'
  // Getting them
  | 'network'
  | 'not-found'
  | 'server'
  | 'short-body'
  | 'stalled'
  | 'not-available';

/** A refusal: `message` is a sentence for the person, `code` is for tests and for deciding on a retry. */
export class DataError extends Error {
  readonly code: DataErrorCode;

  constructor(code: DataErrorCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'DataError';
    this.code = code;
  }
}

const grouped = new Intl.NumberFormat('en');
/** 112800 → "112,800". */
export const number = (value: number): string => grouped.format(value);

/** Bytes in the units of download sizes (decimal): 33016569 → "33.0 MB". */
export function bytesText(bytes: number): string {
  if (bytes < 1e3) return `${bytes} bytes`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
