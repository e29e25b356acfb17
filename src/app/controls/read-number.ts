/** What a person means by a number they typed. */
import type { NumberField } from '../../experiment/field.ts';

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Groups of thousands, as the page writes them; nobody begins them with a zero. */
const THOUSANDS = /^[+-]?[1-9]\d{0,2}([,\s]\d{3})+(\.\d*)?$/;
/** Groups of thousands as half of the world writes them. */
const POINTED = /^[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d*)?$/;
const DECIMAL_COMMA = /^[+-]?\d*,\d+$/;

/**
 * Reads `1000`, `1,000`, `1 000`, `1.000.000`, `0.05`, `0,05` and `5e-2`. The page writes a comma between thousands
 * and a point before decimals, others the other way round: what would be another number there is not guessed at. In a
 * whole number that is `1.000`, in any other `1,500`.
 *
 * @returns Both numbers where there are two; null where the text is no number, or one the field does not take.
 */
export function readNumber(
  text: string,
  { min, max, whole, special }: Pick<NumberField, 'min' | 'max' | 'whole' | 'special'>,
): number | readonly [number, number] | null {
  const typed = text.trim().replaceAll('−', '-');
  const grouped = THOUSANDS.test(typed) ? value(typed.replaceAll(/[,\s]/g, '')) : null;
  const pointed = POINTED.test(typed) ? value(typed.replaceAll('.', '').replace(',', '.')) : null;
  const plain = PLAIN.test(typed) ? value(typed) : null;
  const comma = DECIMAL_COMMA.test(typed) ? value(typed.replace(',', '.')) : null;
  if (whole && plain !== null && pointed !== null) return [plain, pointed];
  if (!whole && comma !== null && grouped !== null) return [comma, grouped];
  const read = plain ?? grouped ?? pointed ?? (whole ? null : comma);
  if (read === null || read === special?.value) return read;
  return read >= min && read <= max && (!whole || Number.isInteger(read)) ? read : null;
}

/** + 0 turns −0 into 0. */
const value = (text: string): number => Number(text) + 0;
