import { FILE_LIMIT, readSafetensors, type ReadWeights } from '../export/safetensors/read.ts';
import { WeightsError } from '../export/weights-error.ts';
import { exportText as text } from '../export/words.ts';

/**
 * The layers of a safetensors file. One that is too large for any network here is not even read.
 * @throws WeightsError with a sentence.
 */
export async function readWeights(file: Blob): Promise<ReadWeights> {
  if (file.size > FILE_LIMIT) throw new WeightsError(text.tooLarge(file.size, FILE_LIMIT));
  const bytes = await file.arrayBuffer().catch(() => null);
  if (!bytes) throw new WeightsError(text.unreadable);
  return readSafetensors(new Uint8Array(bytes));
}
