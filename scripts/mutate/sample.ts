/** Which of a program's mutants are tried: a share of them, drawn by seed, the same in any order and on any machine. */
import { mix32, streamKey, wordAt } from '../../src/network/random.ts';

export interface Sample {
  /** Of all mutants, 0 … 1. */
  readonly share: number;
  readonly seed: number;
}

/** Where a mutant is and what it puts there. Lines and columns as the tool counts them. */
export interface Place {
  readonly fileName: string;
  readonly location: {
    readonly start: { readonly line: number; readonly column: number };
    readonly end: { readonly line: number; readonly column: number };
  };
  readonly replacement: string;
}

/** Whether this mutant belongs to the sample. Where the sources lie does not matter: a file is told from `src/` on. */
export function isDrawn({ seed, share }: Sample, mutant: Place): boolean {
  const { start, end } = mutant.location;
  const path = mutant.fileName.replaceAll('\\', '/');
  const name = path.slice(path.lastIndexOf('/src/') + 1);
  const text = [name, start.line, start.column, end.line, end.column, mutant.replacement].join(' ');
  let word = 0;
  for (let i = 0; i < text.length; i++) word = mix32(word ^ text.charCodeAt(i));
  return wordAt(streamKey(seed, 'mutants'), word) < share * 0x1_0000_0000;
}
