/**
 * The course of a run, from being asked for to its end: every state it can be in and every move between them.
 *
 * ```
 * idle → asked → settled → opening → training ⇄ paused
 *                                    training → joining → recovering → finished | failed
 *                                    any state with a run → stopped
 * ```
 *
 * A table and not a statechart library: nothing here is nested, delayed or parallel. What runs side by side, the
 * strategies of a run, takes turns and keeps a status each (`ModeStatus`); the course is that of whose turn it is.
 */
import type { RunStatus } from './state.ts';

export type Course =
  /** Nothing has been asked for. */
  | 'idle'
  /** Training was asked for; data or engine are not there yet. */
  | 'asked'
  /** Data and engine are there, and a run is made of them. */
  | 'settled'
  | 'opening'
  | 'training'
  /** Partitions become one network. */
  | 'joining'
  | 'recovering'
  | 'paused'
  | 'finished'
  | 'failed'
  /** Closed: its devices are gone. */
  | 'stopped';

export type Move =
  | 'ask'
  | 'withdraw'
  | 'settle'
  | 'open'
  | 'train'
  | 'join'
  | 'recover'
  | 'pause'
  | 'finish'
  | 'fail'
  | 'stop';

type Moves = Readonly<Partial<Record<Move, Course>>>;

/** Strategies take turns, and one ticked later catches up: any work may follow any other. */
const WORK: Moves = { open: 'opening', train: 'training', join: 'joining', recover: 'recovering' };
const ENDS: Moves = { pause: 'paused', finish: 'finished', fail: 'failed', stop: 'stopped' };

export const COURSES: Readonly<Record<Course, Moves>> = {
  idle: { ask: 'asked' },
  asked: { ask: 'asked', withdraw: 'idle', settle: 'settled' },
  settled: { ...WORK, ...ENDS },
  opening: { ...WORK, ...ENDS },
  training: { ...WORK, ...ENDS },
  joining: { ...WORK, ...ENDS },
  recovering: { ...WORK, ...ENDS },
  paused: { ...WORK, ...ENDS },
  // Another strategy may be ticked after the others have ended.
  finished: { ...WORK, ...ENDS },
  failed: { ...WORK, ...ENDS },
  stopped: { stop: 'stopped' },
};

/** @throws Error where the table has no such move: a fault of the program. */
export function moved(course: Course, move: Move): Course {
  const next = COURSES[course][move];
  if (next === undefined) throw new Error(`A run that is ${course} cannot ${move}.`);
  return next;
}

const STATUSES: Readonly<Record<Course, RunStatus>> = {
  idle: 'idle',
  asked: 'waiting',
  settled: 'preparing',
  opening: 'preparing',
  training: 'running',
  joining: 'running',
  recovering: 'running',
  paused: 'paused',
  finished: 'finished',
  failed: 'failed',
  stopped: 'idle',
};

/** What the page shows of a course. */
export const statusOf = (course: Course): RunStatus => STATUSES[course];
