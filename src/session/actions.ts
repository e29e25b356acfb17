/** What a person can do to a session. */
import type { Answers } from '../data/answers.ts';
import type { Wish } from './given-weights.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { StrategyId } from '../experiment/strategies.ts';
import type { Recording } from './recording/recording.ts';

export interface SessionActions {
  /** Applies a change. One that the run in hand cannot take restarts it, and says so. */
  change(patch: Partial<Experiment>): void;
  /** Replaces the experiment by that of a link or preset. */
  open(fragment: string): void;
  /** Shows a recorded run; what was in hand is put aside. */
  show(recording: Recording): void;
  play(): void;
  pause(): void;
  /** One turn of every strategy, then pause. */
  step(): void;
  reset(): void;
  /** Begins with the weights of a safetensors file: the whole network's, or one partition's. */
  loadWeights(file: File): void;
  /** Begins anew with the same weights in another order, or in another place. */
  arrangeWeights(wish: Wish): void;
  /** Begins with the seed's own weights again. */
  dropWeights(): void;
  /** Brings back a lost device of a strategy that goes on without it; it catches up. */
  restart(strategy: StrategyId, rank: number): void;
  /** Takes back the last change, and brings back the run that it put aside; with `to`, until so many are left. */
  undo(to?: number): void;
  /** Makes the change again that was taken back last, and brings back its run. */
  redo(): void;
  setTrainAccuracy(on: boolean): void;
  /** Something of the page's own in the link, handed through as it is; undefined takes it out. */
  setExtra(key: 'chart' | 'view' | 'sweep', value: string | undefined): void;
  /** Loads a data set; `download` allows the mirror. */
  chooseData(id: string, options?: { download?: boolean }): void;
  cancelData(): void;
  dropFiles(files: readonly File[]): void;
  /** Reads the dropped files anew, as answered. */
  answerFiles(answers: Answers): void;
  /** Takes them as they are understood now. `cancelData` lets go of them. */
  takeFiles(): void;
  forgetData(id: string): void;
  /** Brings back what was forgotten last. */
  rememberData(id: string): void;
  dismiss(notice: number): void;
}
