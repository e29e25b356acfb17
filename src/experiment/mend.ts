/**
 * Undoes what mail, chat and documents do to links on their way: HTML's `&amp;`, percent-encoding of the whole, the `=3D`
 * and broken lines of mail, a bracket or full stop that was taken for part of the link, typographic dashes, capitals.
 * What `encode` writes passes as it is: none of these marks can stand in it.
 */
import { quote, type Notice } from './notice.ts';
import { experimentText as text } from './words.ts';

export interface Mended {
  /** Parts joined by '&', as `encode` would have written them. */
  readonly fragment: string;
  /** One that says what was undone; none where nothing was. */
  readonly notices: readonly Notice[];
}

export interface Keys {
  /** Names of settings, and `v`. Their values are plain words and numbers. */
  readonly settings: ReadonlySet<string>;
  /** Names whose values are somebody else's and percent-encoded. */
  readonly reserved: ReadonlySet<string>;
}

type Undone = keyof typeof text.undone;

/** Often enough for a link that went through several programs, seldom enough for one that was made to keep us busy. */
const MOST_ENCODINGS = 4;

/** Letters of what hangs on the end that are looked at together. */
const LONGEST_END = 48;
/** No setting is longer. */
const LONGEST_PART = 1000;

const ENTITY = /&(?:amp;|#0*38;|#x0*26;)+/gi;
const ESCAPED_AMPERSAND = /\\u0026/gi;
/** `&quot;` and the like at the end: the quotation or tag that the link stood in. */
const ENTITIES_AT_END = /(?:&(?:quot|apos|[lg]t|nbsp|hellip|[lr][sd]?quo|raquo|#x?[\da-f]{2,4});?)+$/i;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const DASHES = /[\u2010-\u2015\u2212\ufe58\uff0d]/g;
const BEFORE = /^(?:[#?!/\s"'“‘«(<[{]|%2[023]|%3C)+/i;

/** What may follow a link in a sentence and is no part of any value. */
const AFTER =
  /(?:[)\]}>,;:.!?"'`´‘’“”«»…|\\\s。，、）」』】；：！？]|%(?:20|22|3C|3E|60|0A|0D|C2%A0|C2%AB|C2%BB|E2%80%(?:98|99|9C|9D|A6)))+$/i;
/** Marks of emphasis; in base64url two of them are digits. */
const EMPHASIS = /[*_~]+$/;

export function mend(fragment: string, { settings, reserved }: Keys): Mended {
  const undone = new Map<Undone, string>();
  let now = fragment;
  /** Puts `next` in the link's place, and notes why where that changes anything. */
  const step = (why: Undone, next: string, found = '') => {
    if (next !== now) undone.set(why, found);
    now = next;
  };

  // Beginnings and '#' twice mean the same with or without; there is nothing to say about them.
  now = now.replace(BEFORE, '');
  step('trackers', now.split(':~:', 1)[0].replaceAll('?', '&'));
  step('encoded', wholeDecoded(now));
  step('mail', mailDecoded(now, settings));
  step('entities', now.replace(ESCAPED_AMPERSAND, '&').replace(ENTITY, '&'));
  step('escapes', now.replace(/\\(?=[\p{P}\p{S}])/gu, ''));
  step('encoded', parts(now, reserved, separatorsDecoded(settings)));
  step('capitals', parts(now, reserved, lowered(settings)));
  step('letters', parts(now, reserved, plainLetters));

  const whole = now;
  now = withoutEnd(now, [ENTITIES_AT_END]);
  const ownText = reserved.has(now.slice(now.lastIndexOf('&') + 1).split('=', 1)[0]);
  now = withoutEnd(now, ownText ? [AFTER] : [AFTER, EMPHASIS]);
  if (now !== whole) undone.set('ends', whole.slice(now.length));

  if (undone.size === 0) return { fragment: now, notices: [] };
  const said = [...undone].map(([why, found]) => text.undone[why](quote(found)));
  return { fragment: now, notices: [{ message: text.mended(text.and(said)), mended: true }] };
}

/**
 * Takes away what matches at the end, piece by piece: a pattern never sees more than a few letters, and the link is copied
 * once, however many pieces hang on it.
 */
function withoutEnd(link: string, patterns: readonly RegExp[]): string {
  let end = link.length;
  for (let before = -1; before !== end;) {
    before = end;
    for (const pattern of patterns) {
      const tail = link.slice(Math.max(0, end - LONGEST_END), end);
      end -= tail.length - tail.replace(pattern, '').length;
    }
  }
  return link.slice(0, end);
}

/**
 * A link without a single '=' and with encoded ones was encoded as a whole, perhaps more than once. Mail's broken lines
 * end in a '=' that parts nothing.
 */
function wholeDecoded(link: string): string {
  let now = link.replace(/=\r?\n/g, '');
  if (now.includes('=')) return link;
  for (let times = 0; times < MOST_ENCODINGS && !now.includes('=') && /%(?:25)*3D/i.test(now); times++) {
    try {
      now = decodeURIComponent(now);
    } catch {
      return link;
    }
  }
  return now;
}

/** Quoted-printable: '=3D' for every '=', and '=' before a line's end that is no end. */
function mailDecoded(link: string, settings: ReadonlySet<string>): string {
  const values = link.split('&').map((part) => /^\s*([\w-]+)=(.*)$/s.exec(part.replace(/=\s*\n/g, '')));
  const known = values.filter((match) => match && settings.has(match[1]));
  if (known.length === 0 || !known.every((match) => match![2].startsWith('3D'))) return link;
  return link
    .split('=3D')
    .map((piece) => piece.replace(/=\s*/g, ''))
    .join('=');
}

/** Applies a change to every part that is not somebody else's text. */
function parts(link: string, reserved: ReadonlySet<string>, change: (part: string) => string): string {
  return link
    .split('&')
    .map((part) => (reserved.has(part.split('=', 1)[0]) ? part : change(part)))
    .join('&');
}

/** '%26key%3D' is '&key=' where the key is one of ours. */
function separatorsDecoded(settings: ReadonlySet<string>): (part: string) => string {
  const keys = [...settings].join('|');
  const ampersand = new RegExp(`%26(?:amp(?:;|%3B))?(?=(?:${keys})(?:=|%3D))`, 'gi');
  const equals = new RegExp(`(^|&)(${keys})%3D`, 'gi');
  return (part) => part.replace(ampersand, '&').replace(equals, '$1$2=');
}

/** Keys as they are written here; phones begin a sentence with a capital. */
function lowered(settings: ReadonlySet<string>): (part: string) => string {
  return (part) => {
    const [key] = part.split('=', 1);
    const own = key.toLowerCase();
    return key !== own && settings.has(own) ? own + part.slice(key.length) : part;
  };
}

/** Dashes as on a keyboard, nothing invisible, no broken lines. */
function plainLetters(part: string): string {
  if (part.length > LONGEST_PART) return part;
  let read: string;
  try {
    read = decodeURIComponent(part);
  } catch {
    return part;
  }
  const plain = read
    .replace(INVISIBLE, '')
    .replace(DASHES, '-')
    .replace(/\s*[\r\n]+\s*/g, '')
    .replace(/^\s+|\s+$|\s+(?==)|(?<==)\s+/g, '');
  // Only what is as it was stays encoded as it was.
  return plain === read ? part : plain.replace(/[%&#]/g, encodeURIComponent);
}
