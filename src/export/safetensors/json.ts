import { exportText as text } from '../words.ts';
import { WeightsError } from '../weights-error.ts';

/** As deep as the reference library's parser goes. */
const DEPTH = 127;

/**
 * A header's JSON, as strict as the format has it. `JSON.parse` alone passes over in silence what stands twice (the last
 * one wins), whole numbers that are not written so (`2.0`), and halves of surrogate pairs.
 * @throws WeightsError with a sentence.
 */
export function parseHeader(json: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new WeightsError(text.badHeader);
  }
  lookThrough(json);
  return value;
}

/** Looks at the text of valid JSON: what it is about is gone from the value. */
function lookThrough(json: string): void {
  /** Per open bracket: the keys so far of an object, null for a list. */
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : null);
      if (open.length > DEPTH) throw new WeightsError(text.badHeader);
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (char === '"') {
      const end = endOfString(json, at);
      const string = JSON.parse(json.slice(at, end)) as string;
      if (/\p{Surrogate}/u.test(string)) throw new WeightsError(text.badHeader);
      if (matchAt(/\s*:/y, json, end)) addKey(open.at(-1)!, string);
      at = end - 1;
    } else if (/[-\d]/.test(char)) {
      const number = matchAt(/[-+.\deE]+/y, json, at)!;
      if (!/^\d+$/.test(number)) throw new WeightsError(text.notWhole(number));
      at += number.length - 1;
    }
  }
}

function addKey(keys: Set<string>, key: string): void {
  if (keys.has(key)) throw new WeightsError(text.twice(key));
  keys.add(key);
}

/** Where the string that begins at a quote is over: after its last quote. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function matchAt(sticky: RegExp, json: string, at: number): string | null {
  sticky.lastIndex = at;
  return sticky.exec(json)?.[0] ?? null;
}
