/**
 * The whole experiment in a link's fragment, readable: `data=emnist-balanced&cuts=2,4&seed=7&v=1`.
 *
 * A fragment, never a query: static hosts refuse queries beyond some 8 KB. Defaults are left out, except the data set,
 * whose default depends on what is at hand. Any text opens: what cannot be used falls to its default, with a notice.
 */
import type { Experiment, FieldName } from './experiment.ts';
import { LIMITS } from './limits.ts';
import { mend, type Mended } from './mend.ts';
import { quote, type Notice } from './notice.ts';
import { repair } from './repair.ts';
import { DEFAULTS, FIELD_NAMES, fieldOf, write } from './table.ts';
import { experimentText as text } from './words.ts';

export type { Notice } from './notice.ts';

/** Raised when an old link would otherwise mean something else. */
export const LINK_VERSION = 1;

/** Keys that belong to the page, not to the experiment. They are handed through as they are. */
export const RESERVED_KEYS = ['view', 'chart', 'sweep', 'run', 'tour'] as const;
export type ReservedKey = (typeof RESERVED_KEYS)[number];
export type Extras = Readonly<Partial<Record<ReservedKey, string>>>;

export interface Decoded {
  readonly experiment: Experiment;
  readonly notices: readonly Notice[];
  readonly extras: Extras;
  /** Fields the link spoke of, whatever came of them: e.g. whether it chose a data set. */
  readonly given: ReadonlySet<FieldName>;
}

/** More notices than a person would read are summed up in one. */
const MOST_NOTICES = 20;

const formerKeys = (name: FieldName): readonly string[] => fieldOf(name).formerKeys ?? [];

const NAMES_BY_KEY: ReadonlyMap<string, FieldName> = new Map(
  FIELD_NAMES.flatMap((name) => [fieldOf(name).key, ...formerKeys(name)].map((key) => [key, name] as const)),
);

/** Every key that links have, or had, for what this one stands for. */
export function keysOf(key: string): readonly string[] {
  const name = NAMES_BY_KEY.get(key);
  return name === undefined ? [key] : [fieldOf(name).key, ...formerKeys(name)];
}

const KEYS = { settings: new Set([...NAMES_BY_KEY.keys(), 'v']), reserved: new Set<string>(RESERVED_KEYS) };

/** The fragment, without '#', that reopens this experiment. */
export function encode(experiment: Experiment, extras: Extras = {}): string {
  const parts: string[] = [];
  for (const name of FIELD_NAMES) {
    const value = write(name, experiment[name]);
    if (name === 'data' || value !== write(name, DEFAULTS[name])) parts.push(`${fieldOf(name).key}=${value}`);
  }
  for (const key of RESERVED_KEYS) {
    const value = extras[key];
    // Halves of surrogate pairs, which encodeURIComponent throws on, cannot be said in a link.
    if (value !== undefined) parts.push(`${key}=${readably(value.replace(/\p{Cs}/gu, '\u{fffd}'))}`);
  }
  return [...parts, `v=${LINK_VERSION}`].join('&');
}

/** Percent-encoded, but for the signs that part lists: every program leaves them as they are. */
const readably = (value: string): string =>
  encodeURIComponent(value).replace(/%(?:3A|2C)/g, decodeURIComponent);

/** A fragment that `encode` wrote, as earlier versions would have written it. */
export const asFormerly = (fragment: string): string =>
  fragment
    .split('&')
    .map((part) => {
      const [key, ...value] = part.split('=');
      const name = NAMES_BY_KEY.get(key);
      return [(name === undefined ? undefined : formerKeys(name)[0]) ?? key, ...value].join('=');
    })
    .join('&');

/** The same fragment without a key, and otherwise as it was: what it leaves open stays open. */
export const without = (fragment: string, key: ReservedKey): string =>
  fragment
    .split('&')
    .filter((part) => !part.startsWith(`${key}=`))
    .join('&');

/**
 * What follows '#' in a link; the whole text where there is no '#'. A link within another one's query, as services that
 * check links write it, has its '#' encoded.
 */
export function fragmentOf(link: string): string {
  const within = link.includes('#') ? null : /^https?:.*?%(?:25)*23(\S*)/is.exec(link);
  if (!within) return link.slice(link.indexOf('#') + 1);
  // Encoded with its '#' it ends where the outer link goes on; where that alone is encoded, it goes to the end.
  const [first] = within[1].split('&', 1);
  return first.includes('=') ? within[1] : first;
}

/** Reads a fragment, with or without its '#'. Never throws, never exceeds a limit. */
export function decode(fragment: string): Decoded {
  const notices: Notice[] = [];
  const values = new Map<FieldName, unknown>();
  const texts = new Map<FieldName, string>();
  const extras: Partial<Record<ReservedKey, string>> = {};
  const seen = new Set<string>();

  for (const part of split(fragment, notices)) {
    const equals = part.indexOf('=');
    const said = plain(equals < 0 ? part : part.slice(0, equals));
    const value = plain(equals < 0 ? '' : part.slice(equals + 1));
    const name = said === null ? undefined : NAMES_BY_KEY.get(said);
    const key = name === undefined ? said : fieldOf(name).key;
    if (key === null || value === null) {
      notices.push({
        ...(key === null ? {} : { key }),
        found: quote(part),
        expected: text.expectedEncoding,
        message: text.badEncoding(quote(part)),
      });
    } else if (seen.has(key)) {
      notices.push({
        key,
        found: quote(value),
        expected: text.expectedOnce,
        message: text.repeated(quote(key)),
      });
    } else if (key === 'v') {
      notices.push(...versionNotices(value));
    } else if (isReserved(key)) {
      extras[key] = value;
    } else if (name !== undefined) {
      texts.set(name, value);
      values.set(name, fieldOf(name).read(value));
    } else {
      notices.push({
        key: quote(key),
        found: quote(value),
        expected: text.expectedKnown,
        message: text.unknown(quote(key)),
      });
    }
    if (key !== null) seen.add(key);
  }

  const repaired = repair(values, { texts });
  return {
    experiment: repaired.experiment,
    notices: summedUp([...notices, ...repaired.notices]),
    extras,
    given: new Set(texts.keys()),
  };
}

/** What `decode` reads of a fragment once what programs on the way did to it is undone. */
export const mended = (fragment: string): Mended => mend(fragment, KEYS);

function split(fragment: string, notices: Notice[]): string[] {
  if (fragment.length > LIMITS.fragment) {
    notices.push({
      found: text.characters(fragment.length),
      expected: text.atMostCharacters(LIMITS.fragment),
      message: text.tooLong(fragment.length, LIMITS.fragment),
    });
    return [];
  }
  const meant = mended(fragment);
  notices.push(...meant.notices);
  return meant.fragment.split('&').filter((part) => part !== '');
}

/** Percent-decoded, or null where it cannot be. */
function plain(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

function isReserved(key: string): key is ReservedKey {
  return (RESERVED_KEYS as readonly string[]).includes(key);
}

function versionNotices(version: string): Notice[] {
  if (version === String(LINK_VERSION)) return [];
  const newer = /^\d{1,9}$/.test(version) && Number(version) > LINK_VERSION;
  return [
    {
      key: 'v',
      found: quote(version),
      expected: text.version(LINK_VERSION),
      message: newer
        ? text.newerVersion(version, LINK_VERSION)
        : text.otherVersion(quote(version), LINK_VERSION),
    },
  ];
}

function summedUp(notices: readonly Notice[]): readonly Notice[] {
  if (notices.length <= MOST_NOTICES) return notices;
  const shown = notices.slice(0, MOST_NOTICES - 1);
  return [...shown, { message: text.more(notices.length - shown.length) }];
}
