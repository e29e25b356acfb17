/** What the rooms of a session share: the world as it is, and how it is changed. */
import type { Notice } from '../experiment/notice.ts';
import type { Run } from './run.ts';
import type { World } from './world.ts';

export interface House {
  /** As it is at this moment: looked at again after everything that waits. */
  readonly world: World<Run>;
  /** Whether the session has ended: nothing changes any more. */
  readonly closed: boolean;
  /** Makes a move, shows it, and does what follows from it. */
  make(move: (from: World<Run>) => World<Run>): void;
  /** Changes what the world says of its data, such as how far they are, and shows that. Nothing follows from it. */
  note(move: (from: World<Run>) => World<Run>): void;
  say(one: Notice | string): void;
}

export const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
