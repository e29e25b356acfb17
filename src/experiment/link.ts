/**
 * The whole experiment in a link's fragment, readable: `data=emnist-balanced&cuts=2,4&seed=7&v=1`.
 *
 * A fragment, never a query: static hosts refuse queries beyond some 8 KB. Defaults are left out, except the data set,
 * whose default depends on what is at hand. Any text opens: what cannot be used falls to its default, with a notice.
 */
import type { Experiment, FieldName } from './experiment.ts';
import { LIMITS } from './limits.ts';
import { quote, type Notice } from './notice.ts';
import { repair } from './repair.ts';
import { DEFAULTS, FIELD_NAMES, fieldOf, write } from './table.ts';

export type { Notice } from './notice.ts';

/** Raised when an old link would otherwise mean something else. */
export const LINK_VERSION = 1;

/** Keys that belong to the page, not to the experiment. They are handed through as they are. */
export const RESERVED_KEYS = ['view', 'run', 'tour'] as const;
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

const NAMES_BY_KEY: ReadonlyMap<string, FieldName> = new Map(
  FIELD_NAMES.map((name) => [fieldOf(name).key, name]),
);

/** The fragment, without '#', that reopens this experiment. */
export function encode(experiment: Experiment, extras: Extras = {}): string {
  const parts: string[] = [];
  for (const name of FIELD_NAMES) {
    const text = write(name, experiment[name]);
    if (name === 'data' || text !== write(name, DEFAULTS[name])) parts.push(`${fieldOf(name).key}=${text}`);
  }
  for (const key of RESERVED_KEYS) {
    const value = extras[key];
    // Halves of surrogate pairs, which encodeURIComponent throws on, cannot be said in a link.
    if (value !== undefined)
      parts.push(`${key}=${encodeURIComponent(value.replace(/\p{Cs}/gu, '\u{fffd}'))}`);
  }
  return [...parts, `v=${LINK_VERSION}`].join('&');
}

/** What follows '#' in a link; the whole text where there is no '#'. */
export function fragmentOf(link: string): string {
  return link.slice(link.indexOf('#') + 1);
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
    const key = plain(equals < 0 ? part : part.slice(0, equals));
    const text = plain(equals < 0 ? '' : part.slice(equals + 1));
    const name = key === null ? undefined : NAMES_BY_KEY.get(key);
    if (key === null || text === null) {
      notices.push({
        ...(key === null ? {} : { key }),
        found: quote(part),
        expected: 'percent-encoded text',
        message: `The link holds “${quote(part)}”, which is not properly percent-encoded. It was left out.`,
      });
    } else if (seen.has(key)) {
      notices.push({
        key,
        found: quote(text),
        expected: 'each setting once',
        message: `The link sets “${quote(key)}” more than once. The first one counts.`,
      });
    } else if (key === 'v') {
      notices.push(...versionNotices(text));
    } else if (isReserved(key)) {
      extras[key] = text;
    } else if (name !== undefined) {
      texts.set(name, text);
      values.set(name, fieldOf(name).read(text));
    } else {
      notices.push({
        key: quote(key),
        found: quote(text),
        expected: 'a known setting',
        message: `The link sets “${quote(key)}”, which is not a setting of this version. It was left out.`,
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

function split(fragment: string, notices: Notice[]): string[] {
  if (fragment.length > LIMITS.fragment) {
    notices.push({
      found: `${fragment.length} characters`,
      expected: `at most ${LIMITS.fragment} characters`,
      message:
        `This link is ${fragment.length} characters long, and at most ${LIMITS.fragment} are read. ` +
        `It was left out; the page starts from its defaults.`,
    });
    return [];
  }
  const text = fragment.startsWith('#') ? fragment.slice(1) : fragment;
  return text.split('&').filter((part) => part !== '');
}

/** Percent-decoded, or null where it cannot be. */
function plain(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function isReserved(key: string): key is ReservedKey {
  return (RESERVED_KEYS as readonly string[]).includes(key);
}

function versionNotices(text: string): Notice[] {
  if (text === String(LINK_VERSION)) return [];
  const newer = /^\d{1,9}$/.test(text) && Number(text) > LINK_VERSION;
  const expected = `version ${LINK_VERSION}`;
  return [
    {
      key: 'v',
      found: quote(text),
      expected,
      message: newer
        ? `This link was made by a newer version (${text}; this one reads ${LINK_VERSION}), so some settings may be missing. Reload the page to get the newest.`
        : `The link's version is “${quote(text)}”, expected ${LINK_VERSION}. It was read as ${expected}.`,
    },
  ];
}

function summedUp(notices: readonly Notice[]): readonly Notice[] {
  if (notices.length <= MOST_NOTICES) return notices;
  const shown = notices.slice(0, MOST_NOTICES - 1);
  return [...shown, { message: `The link has ${notices.length - shown.length} more problems of this sort.` }];
}
