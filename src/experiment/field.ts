/**
 * One row of the table of fields, and the four shapes a row can have. From a row follow the field's text in a link, its
 * validation and its place in a form.
 */
import * as v from 'valibot';
import type { HiddenLayer } from '../network/spec.ts';
import { experimentText as text } from './words.ts';

/** Where a form shows the field. */
export type Section = 'data' | 'network' | 'training' | 'labels' | 'run';

export interface Choice<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  /** One sentence. */
  readonly description?: string;
}

/** What every field has. */
interface Common<T> {
  /** Its name in a link. */
  readonly key: string;
  /** Its names in links of earlier versions, which keep opening. */
  readonly formerKeys?: readonly string[];
  readonly section: Section;
  readonly default: T;
  readonly label: string;
  /** One or two sentences for someone who has not read the paper. */
  readonly help: string;
  /** Whether a change starts the run again. */
  readonly restarts: boolean;
}

/** What is derived from the shape. */
interface Derived<T> {
  readonly schema: v.GenericSchema<T>;
  /** Completes "expected …". */
  readonly expected: string;
  /** Text of a link → a value to be validated by `schema`; text that cannot be read stays text, which no schema takes. */
  read(text: string): unknown;
  write(value: T): string;
}

export interface ChoiceField<T extends string = string> extends Common<T>, Derived<T> {
  readonly kind: 'choice';
  readonly choices: readonly Choice<T>[];
}

export interface ChoicesField<T extends string = string> extends Common<readonly T[]>, Derived<readonly T[]> {
  readonly kind: 'choices';
  readonly choices: readonly Choice<T>[];
}

export interface NumberField extends Common<number>, Derived<number>, Range {
  readonly kind: 'number';
}

export interface NumbersField extends Common<readonly number[]>, Derived<readonly number[]>, Range {
  readonly kind: 'numbers';
  readonly minCount: number;
  readonly maxCount: number;
}

/** A network's hidden layers; the range is that of a width. */
export interface LayersField extends Common<readonly HiddenLayer[]>, Derived<readonly HiddenLayer[]>, Range {
  readonly kind: 'layers';
  readonly maxCount: number;
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  /** What a slider spans, where the limits are wider than what is useful; logarithmic where its low end is above 0. */
  readonly slider?: readonly [low: number, high: number];
  /** A value with a meaning of its own, e.g. 0 for "all", and the word that stands for it in a link. */
  readonly special?: { readonly value: number; readonly label: string; readonly word?: string };
}

/** The kind of field that can hold a T. */
export type Field<T> = [T] extends [number]
  ? NumberField
  : [T] extends [readonly number[]]
    ? NumbersField
    : [T] extends [readonly HiddenLayer[]]
      ? LayersField
      : [T] extends [readonly (infer Item extends string)[]]
        ? ChoicesField<Item>
        : [T] extends [string]
          ? ChoiceField<T>
          : never;

export type AnyField = ChoiceField | ChoicesField | NumberField | NumbersField | LayersField;

type Given<F> = Omit<F, 'kind' | keyof Derived<unknown>>;

export function choice<T extends string>(given: Given<ChoiceField<T>>): ChoiceField<T> {
  return {
    ...given,
    kind: 'choice',
    schema: v.picklist(given.choices.map(({ id }) => id)),
    get expected() {
      return listing(given.choices);
    },
    read: (text) => text,
    write: (value) => value,
  };
}

/** @param given.maxCount Longest list; different choices each, unless `repeats`. */
export function choices<T extends string>(
  given: Given<ChoicesField<T>> & { maxCount: number; repeats: boolean },
): ChoicesField<T> {
  const { maxCount, repeats, ...rest } = given;
  return {
    ...rest,
    kind: 'choices',
    schema: v.pipe(
      v.array(v.picklist(given.choices.map(({ id }) => id))),
      v.minLength(1),
      v.maxLength(maxCount),
      v.check((list) => repeats || new Set(list).size === list.length),
    ) as v.GenericSchema<readonly T[]>,
    get expected() {
      return text.expectedChoices(maxCount, listing(given.choices));
    },
    read: readList((item) => item),
    write: (list) => list.join(','),
  };
}

export function number(given: Given<NumberField>): NumberField {
  const { value: special, word } = given.special ?? {};
  return {
    ...given,
    kind: 'number',
    schema: numberSchema(given),
    get expected() {
      return text.expectedNumber(rangeWords(given));
    },
    read: (text) => (text.trim() === word ? special : readNumber(text, given)),
    write: (value) => (word !== undefined && value === special ? word : String(value)),
  };
}

/** An empty list is written `none`. A run of equal numbers may be written `512x5`. */
export function numbers(given: Given<NumbersField>): NumbersField {
  const { minCount, maxCount } = given;
  return {
    ...given,
    kind: 'numbers',
    schema: v.pipe(
      v.array(numberSchema(given)),
      v.minLength(minCount),
      v.maxLength(maxCount),
    ) as v.GenericSchema<readonly number[]>,
    get expected() {
      return text.expectedNumbers(minCount, maxCount, rangeWords(given));
    },
    read: readList((item) => readRun(item, maxCount, given)),
    write: writeNumbers,
  };
}

/** Widths, a run of equal ones as `512x5`, and `ln` behind what is to be normalised. */
export function layers(given: Given<LayersField>): LayersField {
  const { maxCount } = given;
  return {
    ...given,
    kind: 'layers',
    schema: v.pipe(
      v.array(v.union([numberSchema(given), v.literal('ln')])),
      v.minLength(1),
      v.maxLength(maxCount),
      // There is nothing before the first one but the data, which is standardised.
      v.check((list) => list[0] !== 'ln'),
    ) as v.GenericSchema<readonly HiddenLayer[]>,
    get expected() {
      return text.expectedLayers(maxCount, rangeWords(given));
    },
    read: readList((item) => (item === 'ln' ? [item] : readRun(item, maxCount, given))),
    write: (list) => (list.every((item) => item !== 'ln') ? writeNumbers(list) : list.join(',')),
  };
}

function numberSchema({ min, max, whole }: Range): v.GenericSchema<number> {
  // A fresh message for NaN and ±Infinity is not needed: both fail the range.
  const range = v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
  return whole ? v.pipe(range, v.integer()) : range;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** One, or a thousand as half of the world writes it: a whole number is not guessed at. */
const POINTED = /^[+-]?[1-9]\d{0,2}\.0{3}$/;

function readNumber(text: string, { whole }: Pick<Range, 'whole'>): unknown {
  const trimmed = text.trim();
  if (whole && POINTED.test(trimmed)) return text;
  // + 0 turns −0 into 0, so that equal experiments are equal.
  return NUMBER.test(trimmed) ? Number(trimmed) + 0 : text;
}

function readList(readItem: (text: string) => unknown): (text: string) => unknown {
  return (text) =>
    text === '' || text === 'none' ? [] : text.split(',').flatMap((item) => readItem(item.trim()));
}

/** `512` → 512; `512x3` → [512, 512, 512], never longer than one more than allowed. */
function readRun(item: string, maxCount: number, of: Pick<Range, 'whole'>): unknown {
  const run = /^([^x×]+)[x×](\d{1,9})$/.exec(item);
  if (!run || Number(run[2]) < 1 || !NUMBER.test(run[1])) return [readNumber(item, of)];
  // Too long a run stays text: the notice then shows what was asked for, and nothing long is built.
  if (Number(run[2]) > maxCount) return [item];
  return Array.from({ length: Number(run[2]) }, () => readNumber(run[1], of));
}

function writeNumbers(list: readonly number[]): string {
  if (list.length === 0) return 'none';
  const equal = list.length > 1 && list.every((value) => value === list[0]);
  return equal ? `${list[0]}x${list.length}` : list.join(',');
}

function rangeWords({ min, max, whole }: Range): string {
  return text.range(min, max, whole);
}

function listing(items: readonly Choice[]): string {
  return text.or(items.map(({ id }) => id));
}
