import { useState } from 'react';
import type { NumberField } from '../../experiment/field.ts';
import { significant } from '../format.ts';
import { settingsText as text } from '../text/settings.ts';
import { Field } from './Field.tsx';
import styles from './controls.module.css';
import { readNumber } from './read-number.ts';
import { moved, NOTCHES, toNotch } from './slider.ts';

interface NumberInputProps {
  readonly field: Pick<
    NumberField,
    'label' | 'help' | 'min' | 'max' | 'whole' | 'slider' | 'special' | 'expected'
  >;
  /** Null where there is no single value to show; `placeholder` then says why. */
  readonly value: number | null;
  readonly onChange: (value: number) => void;
  readonly label?: string;
  readonly placeholder?: string;
}

interface Draft {
  readonly text: string;
  /** The value it was typed over: a draft does not outlive a change from elsewhere. */
  readonly over: number | null;
  /** Why it does not count, as a sentence. */
  readonly refused: string | null;
}

/**
 * A number: typed, and dragged where the field has a useful range. What is typed counts on Enter or when leaving;
 * nonsense stays as typed, with a sentence, and changes nothing.
 */
export function NumberInput({ field, value, onChange, label = field.label, placeholder }: NumberInputProps) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const { whole, slider, special, help, expected } = field;
  const typed = draft?.over === value ? draft : null;
  const isSpecial = special !== undefined && value === special.value;
  // Where the slider stands: at its low end while there is no number of the range to show.
  const shown = value === null || isSpecial ? (slider?.[0] ?? 0) : value;
  const commit = () => {
    if (!typed) return;
    const next = readNumber(typed.text, field);
    // An empty field left alone was no answer: the value comes back.
    const refused =
      typeof next === 'object' && next !== null
        ? text.either(typed.text, next)
        : next === null && typed.text.trim() !== ''
          ? text.invalid(typed.text, expected)
          : null;
    if (refused !== null) return setDraft({ ...typed, refused });
    setDraft(null);
    if (typeof next === 'number' && next !== value) onChange(next);
  };
  const drag = (next: number) => {
    setDraft(null);
    if (next !== value) onChange(next);
  };
  return (
    <Field label={label} help={help} error={typed?.refused ?? null}>
      {(ids) => (
        <div className={styles.number}>
          {slider && (
            <input
              type="range"
              aria-label={label}
              min={0}
              max={NOTCHES}
              value={toNotch(shown, slider)}
              aria-valuetext={isSpecial ? special.label : significant(value ?? NaN)}
              onChange={({ target }) => drag(moved(shown, Number(target.value), slider, whole))}
            />
          )}
          <input
            {...ids}
            type="text"
            inputMode={whole ? 'numeric' : 'decimal'}
            autoComplete="off"
            value={typed ? typed.text : (value ?? '')}
            placeholder={placeholder}
            aria-invalid={typeof typed?.refused === 'string'}
            onChange={({ target }) => setDraft({ text: target.value, over: value, refused: null })}
            onBlur={commit}
            onKeyDown={({ key }) => {
              if (key === 'Enter') commit();
              if (key === 'Escape') setDraft(null);
            }}
          />
          {special && (
            <span className={styles.special}>
              {isSpecial ? (
                text.means(special.value, special.label)
              ) : (
                <button type="button" className="link" onClick={() => drag(special.value)}>
                  {text.setTo(label, special.label)}
                </button>
              )}
            </span>
          )}
        </div>
      )}
    </Field>
  );
}
