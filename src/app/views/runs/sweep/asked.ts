/** What the address asks to be swept, and what can be asked for. */
import { useMemo } from 'react';
import type { Experiment, FieldName } from '../../../../experiment/experiment.ts';
import type { AnyField } from '../../../../experiment/field.ts';
import { FIELD_NAMES, fieldOf, write } from '../../../../experiment/table.ts';
import { valuesOf } from '../../../../session/study/grid.ts';
import { planSweep, writeAsk, type Ask, type PlannedSweep } from '../../../../session/study/ask.ts';
import { useSession } from '../../../store/context.tsx';

/** As it is written in the address; null where there is none. */
export const useAsked = (): string | null => {
  const text = useSession(({ fragment }) => /(?:^|&)sweep=([^&]*)/.exec(fragment)?.[1]);
  return useMemo(() => (text === undefined ? null : decodeURIComponent(text)), [text]);
};

export type Planned = { readonly plan: PlannedSweep } | { readonly refused: string };

/** The sweep of the settings of now. */
export function usePlanned(asked: string | null): Planned | null {
  const experiment = useSession((state) => state.experiment);
  return useMemo(() => {
    if (asked === null) return null;
    try {
      return { plan: planSweep(experiment, asked) };
    } catch (error) {
      return { refused: error instanceof Error ? error.message : String(error) };
    }
  }, [asked, experiment]);
}

/** What the form offers: seeds are counted beside, and a link's data set stays. */
export const SWEEPABLE = FIELD_NAMES.filter((name) => name !== 'seed' && name !== 'data');

const SEEDS = 3;
const MOST_VALUES = 6;

/** Values worth looking at, from what is set now: each is what a link can have, or is left out when it is planned. */
export function suggested(name: FieldName, experiment: Experiment): string[] {
  const field: AnyField = fieldOf(name);
  const now = write(name, experiment[name]);
  if (name === 'cuts') return experiment.layers.flatMap((_, at) => possible(experiment, `${at + 1}`));
  switch (field.kind) {
    case 'choice':
    case 'choices': {
      const ids = field.choices.map(({ id }) => id);
      return [...new Set([now, ...ids])].slice(0, MOST_VALUES);
    }
    case 'number':
      return [...new Set([...around(field, Number(now)), now])].sort((a, b) => Number(a) - Number(b));
    case 'numbers':
    case 'layers':
      return [now];
  }
}

/** A cut that the layers have a place for. */
function possible(experiment: Experiment, cut: string): string[] {
  try {
    planSweep(experiment, `cuts:${cut}`);
    return [cut];
  } catch {
    return [];
  }
}

function around(field: Extract<AnyField, { kind: 'number' }>, now: number): string[] {
  const { min, max, whole, slider = [min, max] } = field;
  const from = Number.isFinite(now) && now > 0 ? now : Math.sqrt(Math.max(slider[0], 1e-3) * slider[1]);
  return [from / 2, from, 2 * from]
    .map((value) => (whole ? Math.round(value) : Number(value.toPrecision(3))))
    .filter((value) => value >= min && value <= max)
    .map(String);
}

export const askFor = (name: FieldName | null, experiment: Experiment, seeds = SEEDS): string =>
  writeAsk({
    sweeps: name === null ? [] : [{ key: fieldOf(name).key, values: suggested(name, experiment) }],
    seeds,
  });

const isList = (name: FieldName): boolean =>
  ['numbers', 'layers', 'choices'].includes((fieldOf(name) as AnyField).kind);

/**
 * What a person typed: parted by semicolons, or by commas where no value can have one.
 * @throws Error with a sentence where it can be read two ways.
 */
export const readValues = (name: FieldName, typed: string): string[] =>
  // A colon would end a value's list in the link; a space makes it no number, which is then said.
  valuesOf(fieldOf(name).key, typed.replaceAll(':', ' '), !isList(name));

/** The first setting that is swept: others come from links, and stay. */
export const nameOfSweep = ({ sweeps }: Ask): FieldName | null =>
  FIELD_NAMES.find((name) => fieldOf(name).key === sweeps[0]?.key) ?? null;
