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
      <div className={styles.seeds}>
        <label htmlFor={`${id}-seeds`}>{text.seeds}</label>
        <Seeds
          id={`${id}-seeds`}
          seeds={ask.seeds}
          onChange={(seeds) => onAsk(writeAsk({ ...ask, seeds }))}
        />
      </div>
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
  readonly id: string;
  readonly seeds: number;
  readonly onChange: (seeds: number) => void;
}

const isSeeds = (typed: string): boolean => {
  const seeds = Number(typed);
  return Number.isInteger(seeds) && seeds >= 1 && seeds <= MOST_SEEDS;
};

/** A field that may be empty while another number is typed into it; one that cannot be stays, with a sentence. */
function Seeds({ id, seeds, onChange }: SeedsProps) {
  const [draft, setDraft] = useState<Draft | null>(null);
  return (
    <>
      <input
        id={id}
        type="number"
        min={1}
        max={MOST_SEEDS}
        value={draft?.typed ?? seeds}
        aria-invalid={typeof draft?.refused === 'string'}
        onChange={({ target }) => {
          setDraft({ typed: target.value, over: String(seeds), refused: null });
          if (isSeeds(target.value)) onChange(Number(target.value));
        }}
        onBlur={() =>
          setDraft(
            draft && draft.typed !== '' && !isSeeds(draft.typed)
              ? { ...draft, refused: text.noSeeds(draft.typed, MOST_SEEDS) }
              : null,
          )
        }
      />
      {draft?.refused && (
        <p role="alert" className={styles.problem}>
          {draft.refused}
        </p>
      )}
    </>
  );
}

interface TypedProps {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly value: string;
  /** @throws Error with a sentence for what cannot be meant. */
  readonly onChange: (typed: string) => void;
}

interface Draft {
  readonly typed: string;
  /** The value it was typed over: a draft does not outlive a change from elsewhere. */
  readonly over: string;
  /** Why it does not count, as a sentence. */
  readonly refused: string | null;
}

/** What is typed counts on Enter or when leaving; what is refused stays as typed, with a sentence. */
function Typed({ id, label, help, value, onChange }: TypedProps) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const now = draft?.over === value ? draft : null;
  const commit = () => {
    try {
      if (now && now.typed !== value) onChange(now.typed);
      setDraft(null);
    } catch (error) {
      if (now) setDraft({ ...now, refused: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <>
      <input
        id={id}
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        title={help}
        value={now?.typed ?? value}
        aria-invalid={typeof now?.refused === 'string'}
        onChange={({ target }) => setDraft({ typed: target.value, over: value, refused: null })}
        onBlur={commit}
        onKeyDown={({ key }) => {
          if (key === 'Enter') commit();
          if (key === 'Escape') setDraft(null);
        }}
      />
      {now?.refused && (
        <p role="alert" className={styles.problem}>
          {now.refused}
        </p>
      )}
    </>
  );
}
