import { useState } from 'react';
import type { NumberField } from '../../experiment/field.ts';
import { significant } from '../format.ts';
import { settingsText as text } from '../text/settings.ts';
import { Field } from './Field.tsx';
import styles from './controls.module.css';

interface NumberInputProps {
  readonly field: Pick<
    NumberField,
    'label' | 'help' | 'min' | 'max' | 'whole' | 'slider' | 'special' | 'expected'
  >;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly label?: string;
}

/** Slider positions: fine enough to feel continuous. */
const NOTCHES = 200;

/**
 * A number: typed, and dragged where the field has a useful range. What is typed counts on Enter or when leaving;
 * nonsense stays as typed, with a sentence, and changes nothing.
 */
export function NumberInput({ field, value, onChange, label = field.label }: NumberInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const { min, max, whole, slider, special, help, expected } = field;
  const parsed = typed === null ? value : Number(typed.trim().replace(',', '.'));
  const fits =
    typed === null ||
    (typed.trim() !== '' &&
      Number.isFinite(parsed) &&
      (parsed === special?.value || (parsed >= min && parsed <= max)) &&
      (!whole || Number.isInteger(parsed)));
  const commit = () => {
    if (typed === null || !fits) return;
    setTyped(null);
    if (parsed !== value) onChange(parsed);
  };
  return (
    <Field label={label} help={help} error={fits ? null : text.invalid(typed ?? '', expected)}>
      {(ids) => (
        <div className={styles.number}>
          {slider && (
            <input
              type="range"
              aria-label={label}
              min={0}
              max={NOTCHES}
              value={toNotch(value, slider)}
              aria-valuetext={significant(value)}
              onChange={({ target }) => onChange(fromNotch(Number(target.value), slider, whole))}
            />
          )}
          <input
            {...ids}
            inputMode={whole ? 'numeric' : 'decimal'}
            value={typed ?? String(value)}
            aria-invalid={!fits}
            onChange={({ target }) => setTyped(target.value)}
            onBlur={commit}
            onKeyDown={({ key }) => {
              if (key === 'Enter') commit();
              if (key === 'Escape') setTyped(null);
            }}
          />
          {special && value === special.value && <span className={styles.special}>{special.label}</span>}
        </div>
      )}
    </Field>
  );
}

/** Position of a value on the slider: logarithmic where the range starts above zero. */
function toNotch(value: number, [low, high]: readonly [number, number]): number {
  const inside = Math.max(low, Math.min(high, value));
  const share = low > 0 ? Math.log(inside / low) / Math.log(high / low) : (inside - low) / (high - low);
  return Math.round(NOTCHES * share);
}

function fromNotch(notch: number, [low, high]: readonly [number, number], whole: boolean): number {
  const share = notch / NOTCHES;
  const value = low > 0 ? low * (high / low) ** share : low + share * (high - low);
  return whole ? Math.round(value) : Number(value.toPrecision(2));
}
