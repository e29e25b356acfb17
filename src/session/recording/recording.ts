/**
 * A run as it can be kept, sent and shown again without training: curves, memory, traffic, lanes, and what it ran on.
 * Plain JSON. Numbers of a point stand in columns, so that a hundred points pack well.
 */
import { SPAN_KINDS, SpanRecorder, type Span, type SpanKind } from '../../devices/spans.ts';
import { totalTraffic, TRAFFIC_PHASES, type TrafficReading } from '../../devices/traffic.ts';
import { MEMORY_KINDS, type MemoryByKind, type MemoryReading } from '../../engines/ledger.ts';
import { encode } from '../../experiment/link.ts';
import { STRATEGY_IDS, type StrategyId } from '../../experiment/strategies.ts';
import { sum } from '../../network/sums.ts';
import { idleStrategy } from '../idle-strategy.ts';
import { DOINGS, type MemoryLevel } from '../memory-levels.ts';
import type { DeviceState, StrategyState, Point, SessionState } from '../state.ts';
import type { LearningRateChange } from '../turns.ts';

export const RECORDING_VERSION = 2;

export interface Recording {
  readonly version: typeof RECORDING_VERSION;
  /** The experiment, as in a link. */
  readonly fragment: string;
  readonly data: string;
  /** Engines and adapters that trained it. */
  readonly machine: string;
  /** ISO 8601, UTC, to the minute. */
  readonly date: string;
  /** Learning rates that were set on the way; none, if absent. */
  readonly learningRateChanges?: readonly LearningRateChange[] | undefined;
  /** File of the weights that it began with; the seed's own, if absent. */
  readonly weights?: string | undefined;
  readonly strategies: readonly RecordedStrategy[];
}

/** Numbers of a point that are kept as they are. */
export const COLUMNS = [
  'step',
  'epochs',
  'samples',
  'seconds',
  'flops',
  'bytes',
  'learningRate',
  'testAccuracy',
  'trainAccuracy',
  'testLoss',
  'trainLoss',
  'throughput',
] as const satisfies readonly (keyof Point)[];
type Column = (typeof COLUMNS)[number];

/** Columns with a number per device or cut. */
export const LISTS = ['rankLosses', 'nearestLabel', 'deadUnits'] as const satisfies readonly (keyof Point)[];
type List = (typeof LISTS)[number];

/** A number, or null where a point has none (not measured, or not a number). */
type Cell = number | null;

export interface RecordedStrategy {
  readonly id: StrategyId;
  readonly error?: string | undefined;
  readonly final?: StrategyState['final'] | undefined;
  /** Points that belong to recovery, counted from the end. */
  readonly recovery: number;
  readonly columns: Readonly<Record<Column, readonly Cell[]>>;
  /** Mean of the classes' accuracies; recordings made before it was measured have none. */
  readonly balancedAccuracy?: readonly Cell[] | undefined;
  /** Accuracy by class; neither they nor links have it. */
  readonly classAccuracy?: readonly (readonly Cell[])[] | undefined;
  readonly lists: Readonly<Record<List, readonly (readonly Cell[])[]>>;
  /** Bytes per point and device, without images and with them. */
  readonly held: readonly (readonly [bare: number, whole: number][])[];
  /** What devices held at most, by what they did; recordings made before it was kept have none. */
  readonly levels?: readonly RecordedLevel[] | undefined;
  readonly devices: readonly RecordedDevice[];
}

/** What was done, the step, and by device the bytes of each kind and those held to look on. */
export type RecordedLevel = readonly [doing: number, step: number, devices: readonly (readonly number[])[]];

export interface RecordedDevice {
  readonly name: string;
  readonly now: readonly number[];
  readonly peak: readonly number[];
  /** Bytes held to look on, at most; recordings made before it was counted have none. */
  readonly looking?: number | undefined;
  readonly sentTo: TrafficReading;
  readonly spent: readonly number[];
  /** Kind, start and end in milliseconds from the first of them all. */
  readonly spans: readonly (readonly [kind: number, start: number, end: number])[];
}

/**
 * What is shown, as its own run or recording says of itself: settings of now, data at hand and this machine do not count.
 * Null where nothing was trained yet.
 *
 * @param now When it is recorded; a recording that is passed on stays as old as it is.
 */
export function record(state: Recorded, now: Date): Recording | null {
  const { run, recording } = state;
  const strategies = Object.values(state.strategies).filter(({ points }) =>
    points.some(({ step }) => step > 0),
  );
  if (strategies.length === 0 || !(run ?? recording)) return null;
  const names = strategies.flatMap(({ devices }) => devices.map(({ about }) => about.name));
  const learningRateChanges = run?.learningRateChanges ?? recording?.learningRateChanges ?? [];
  const weights = run ? run.weights : recording?.weights;
  return {
    version: RECORDING_VERSION,
    fragment: run?.fragment ?? encode(state.experiment),
    data: run?.data.name ?? recording!.data,
    machine: recording?.machine ?? [...new Set(names)].join(', '),
    date: recording?.date ?? `${now.toISOString().slice(0, 16)}Z`,
    ...(learningRateChanges.length > 0 ? { learningRateChanges } : {}),
    ...(typeof weights === 'string' ? { weights } : {}),
    strategies: strategies.map(recordStrategy),
  };
}

type Recorded = Pick<SessionState, 'strategies' | 'run' | 'recording' | 'experiment'>;

const cell = (value: number | null): Cell => (value === null || !Number.isFinite(value) ? null : value);

function recordStrategy({
  id,
  points,
  memoryLevels,
  devices,
  error,
  final,
}: StrategyState): RecordedStrategy {
  const starts = devices.flatMap(({ spans }) => spans.map(({ start }) => start));
  const zero = Math.min(...starts);
  return {
    id,
    ...(error === null ? {} : { error }),
    ...(final === null ? {} : { final }),
    recovery: points.filter(({ phase }) => phase === 'recovery').length,
    columns: byKey(COLUMNS, (key) => points.map((point) => cell(point[key]))),
    ...recordClasses(points),
    lists: byKey(LISTS, (key) => points.map((point) => point[key].map(cell))),
    held: points.map(({ memory }) =>
      memory.map(({ total, byKind }) => [total - byKind.data, total] as [number, number]),
    ),
    ...(memoryLevels.length > 0 ? { levels: memoryLevels.map(recordLevel) } : {}),
    devices: devices.map(({ about, memory, sentTo, spent, spans }) => ({
      name: about.name,
      now: MEMORY_KINDS.map((kind) => memory.byKind[kind]),
      peak: MEMORY_KINDS.map((kind) => memory.peakByKind[kind]),
      looking: memory.looking,
      sentTo,
      spent: SPAN_KINDS.map((kind) => spent[kind]),
      spans: spans.map(({ kind, start, end }) => [SPAN_KINDS.indexOf(kind), start - zero, end - zero]),
    })),
  };
}

/** There are many classes, and few images of each. */
const short = (share: Cell): Cell => share && Number(share.toFixed(4));

/** Not of what was recorded without it. */
function recordClasses(
  points: readonly Point[],
): Pick<RecordedStrategy, 'balancedAccuracy' | 'classAccuracy'> {
  const balanced = points.map((point) => cell(point.balancedAccuracy));
  const kept = points.some(({ classAccuracy }) => classAccuracy.length > 0);
  return {
    ...(balanced.some((value) => value !== null) ? { balancedAccuracy: balanced } : {}),
    ...(kept ? { classAccuracy: points.map((point) => point.classAccuracy.map(short)) } : {}),
  };
}

const recordLevel = ({ doing, step, devices }: MemoryLevel): RecordedLevel => [
  DOINGS.indexOf(doing),
  step,
  devices.map(({ byKind, looking }) => [...MEMORY_KINDS.map((kind) => byKind[kind]), looking]),
];

const replayLevel = ([doing, step, devices]: RecordedLevel): MemoryLevel => ({
  doing: DOINGS[doing],
  step,
  devices: devices.map((bytes) => ({ byKind: kinds(bytes), looking: bytes[MEMORY_KINDS.length] })),
});

/** The strategies as they were, for the page to draw. Nothing trains. */
export function replay({ strategies }: Recording): SessionState['strategies'] {
  const ordered = STRATEGY_IDS.flatMap((id) => strategies.filter((strategy) => strategy.id === id));
  return Object.fromEntries(ordered.map((strategy) => [strategy.id, replayStrategy(strategy)]));
}

function replayStrategy(strategy: RecordedStrategy): StrategyState {
  const {
    id,
    columns,
    balancedAccuracy,
    classAccuracy,
    lists,
    held,
    levels = [],
    recovery,
    error,
    final,
  } = strategy;
  const count = columns.step.length;
  const devices = strategy.devices.map(replayDevice);
  const points = Array.from({ length: count }, (_, index): Point => {
    const number = (key: Column) => columns[key][index] ?? NaN;
    return {
      phase: index >= count - recovery ? 'recovery' : number('step') === 0 ? 'start' : 'training',
      step: number('step'),
      epochs: number('epochs'),
      samples: number('samples'),
      seconds: number('seconds'),
      flops: number('flops'),
      bytes: number('bytes'),
      learningRate: number('learningRate'),
      testAccuracy: number('testAccuracy'),
      balancedAccuracy: balancedAccuracy?.[index] ?? NaN,
      classAccuracy: classAccuracy?.[index] ?? [],
      testLoss: number('testLoss'),
      trainAccuracy: columns.trainAccuracy[index],
      trainLoss: columns.trainLoss[index],
      throughput: columns.throughput[index],
      ...byKey(LISTS, (key) => lists[key][index].map((value) => value ?? NaN)),
      memory: held[index].map(([bare, whole], rank) => heldAs(bare, whole, devices[rank]?.memory)),
    };
  });
  const last = points[count - 1];
  return {
    ...idleStrategy(id),
    status: error === undefined ? 'finished' : 'failed',
    phase: recovery > 0 ? 'recovery' : 'training',
    step: last.step,
    epochs: last.epochs,
    seconds: last.seconds,
    points,
    memoryLevels: levels.map(replayLevel),
    devices,
    error: error ?? null,
    final: final ?? null,
  };
}

function replayDevice(
  { name, now, peak, looking = 0, sentTo, spent, spans }: RecordedDevice,
  rank: number,
): DeviceState {
  const totals = Object.fromEntries(SPAN_KINDS.map((kind, index) => [kind, spent[index] ?? 0]));
  return {
    rank,
    about: { engine: 'reference', name, software: false, details: {} },
    tuned: [],
    memory: {
      byKind: kinds(now),
      peakByKind: kinds(peak),
      total: sum(now),
      peak: sum(peak),
      looking,
    },
    sent: byKey(TRAFFIC_PHASES, (phase) => totalTraffic([sentTo], phase)),
    sentTo,
    spent: { ...new SpanRecorder().totals(), ...totals } as Record<SpanKind, number>,
    spans: spans.map(([kind, start, end]): Span => ({ kind: SPAN_KINDS[kind] ?? 'wait', start, end })),
    lost: null,
  };
}

const kinds = (values: readonly number[]): MemoryByKind =>
  Object.fromEntries(MEMORY_KINDS.map((kind, index) => [kind, values[index] ?? 0])) as MemoryByKind;

/** What a device held at a point: its sums are known, its kinds only at the end. */
function heldAs(bare: number, whole: number, end: MemoryReading | undefined): MemoryReading {
  const byKind = { ...kinds([]), workspace: bare, data: whole - bare };
  const { peak = whole, peakByKind = byKind, looking = 0 } = end ?? {};
  return { byKind, total: whole, peak, peakByKind, looking };
}

function byKey<Key extends string, Value>(keys: readonly Key[], of: (key: Key) => Value): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<Key, Value>;
}
