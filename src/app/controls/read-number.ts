/** What a person means by a number they typed. */
import type { NumberField } from '../../experiment/field.ts';

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const THOUSANDS = /^[+-]?\d{1,3}([,\s]\d{3})+(\.\d*)?$/;
const DECIMAL_COMMA = /^[+-]?\d*,\d+$/;

/**
 * Reads `1000`, `1,000`, `1 000`, `0.05`, `0,05` and `5e-2`; null where the text is no number, or one the field does
 * not take. A comma before exactly three digits separates thousands in a whole number and is refused in any other:
 * nobody can tell whether `1,500` is a learning rate of 1.5.
 */
export function readNumber(
  text: string,
  { min, max, whole, special }: Pick<NumberField, 'min' | 'max' | 'whole' | 'special'>,
): number | null {
  const typed = text.trim().replaceAll('−', '-');
  let plain = typed;
  if (THOUSANDS.test(typed) && (whole || !typed.includes(',') || typed.includes('.'))) {
    plain = typed.replaceAll(/[,\s]/g, '');
  } else if (DECIMAL_COMMA.test(typed) && !whole && !/^[+-]?[1-9]\d{0,2},\d{3}$/.test(typed)) {
    plain = typed.replace(',', '.');
  }
  if (!PLAIN.test(plain)) return null;
  // + 0 turns −0 into 0.
  const value = Number(plain) + 0;
  if (value === special?.value) return value;
  return value >= min && value <= max && (!whole || Number.isInteger(value)) ? value : null;
}
