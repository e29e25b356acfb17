import { useId, useState } from 'react';
import type { FieldName } from '../../../../experiment/experiment.ts';
import { fieldOf } from '../../../../experiment/table.ts';
import { MOST_SEEDS, readAsk, writeAsk, type Ask } from '../../../../session/study/ask.ts';
import { useSession } from '../../../store/context.tsx';
import { sweepText as text } from '../../../text/sweep.ts';
import { askFor, nameOfSweep, readValues, SWEEPABLE } from './asked.ts';
import styles from './sweep.module.css';

interface SweepFormProps {
  /** As the address has it, whether or not it can be read. */
  readonly asked: string;
  readonly onAsk: (asked: string) => void;
  readonly onClose: () => void;
}

/** Which setting is swept, over which values, with how many seeds. */
export function SweepForm({ asked, onAsk, onClose }: SweepFormProps) {
  const experiment = useSession((state) => state.experiment);
  const id = useId();
  const ask = readable(asked);
  const name = nameOfSweep(ask);
  const [first, ...others] = ask.sweeps;
  return (
    <div className={styles.form}>
      <label className={styles.setting}>
        <span>{text.setting}</span>
        <select
          value={name ?? ''}
          onChange={({ target }) =>
            onAsk(askFor(target.value === '' ? null : (target.value as FieldName), experiment, ask.seeds))
          }
        >
          <option value="">{text.seedsOnly}</option>
          {SWEEPABLE.map((one) => (
            <option key={one} value={one}>
              {fieldOf(one).label}
            </option>
          ))}
        </select>
      </label>
      {name !== null && (
        <div className={styles.values}>
          <label htmlFor={id}>{text.valuesShort}</label>
          <Typed
            id={id}
            label={text.values(fieldOf(name).label)}
            help={text.valuesHelp(fieldOf(name).expected)}
            value={first.values.join('; ')}
            onChange={(typed) => {
              const values = readValues(name, typed);
              if (values.length > 0)
                onAsk(writeAsk({ ...ask, sweeps: [{ key: first.key, values }, ...others] }));
            }}
          />
        </div>
      )}
      <label className={styles.seeds}>
        <span>{text.seeds}</span>
        <Seeds seeds={ask.seeds} onChange={(seeds) => onAsk(writeAsk({ ...ask, seeds }))} />
      </label>
      <button type="button" className="button" aria-label={text.closeName} onClick={onClose}>
        {text.close}
      </button>
    </div>
  );
}

/** The form of one that cannot be read begins with seeds alone. */
function readable(asked: string): Ask {
  try {
    return readAsk(asked);
  } catch {
    return { sweeps: [], seeds: 1 };
  }
}

interface SeedsProps {
  readonly seeds: number;
  readonly onChange: (seeds: number) => void;
}

/** A field that may be empty while another number is typed into it. */
function Seeds({ seeds, onChange }: SeedsProps) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <input
      type="number"
      min={1}
      max={MOST_SEEDS}
      value={draft ?? seeds}
      onChange={({ target }) => {
        setDraft(target.value);
        const typed = Number(target.value);
        if (Number.isInteger(typed) && typed >= 1 && typed <= MOST_SEEDS) onChange(typed);
      }}
      onBlur={() => setDraft(null)}
    />
  );
}

interface TypedProps {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly onChange: (typed: string) => void;
}

/** What is typed counts on Enter or when leaving. */
function Typed({ id, label, help, value, onChange }: TypedProps) {
  const [draft, setDraft] = useState<{ readonly typed: string; readonly over: string } | null>(null);
  const typed = draft?.over === value ? draft.typed : null;
  const commit = () => {
    if (typed !== null && typed !== value) onChange(typed);
    setDraft(null);
  };
  return (
    <input
      id={id}
      type="text"
      autoComplete="off"
      spellCheck={false}
      aria-label={label}
      title={help}
      value={typed ?? value}
      onChange={({ target }) => setDraft({ typed: target.value, over: value })}
      onBlur={commit}
      onKeyDown={({ key }) => {
        if (key === 'Enter') commit();
        if (key === 'Escape') setDraft(null);
      }}
    />
  );
}
