/**
 * Other words for the page, put in place before it is first drawn. `?lang=…` chooses; without it the page speaks English.
 *
 * A locale changes texts in place, because every part of the page holds on to its own. Names and sentences of what a
 * person chooses from stand with what they name, and are changed there.
 */
import { DATASETS } from '../../experiment/datasets.ts';
import { ENGINE_FACTS } from '../../experiment/engines.ts';
import { PRESETS } from '../../experiment/presets.ts';
import { STRATEGIES } from '../../experiment/strategies.ts';
import { FIELDS } from '../../experiment/table.ts';
import { CODES } from '../../labels/codes.ts';
import { MIXES } from '../../labels/mixes.ts';
import { rightToLeft } from '../format.ts';

export interface Locale {
  /** BCP 47. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  /** A text in this language. */
  readonly translate: (english: string) => string;
}

/** Loaded only when asked for. A new language is one line here and one file. */
const LOCALES: Readonly<Record<string, () => Promise<Locale>>> = {
  pseudo: async () => (await import('./pseudo.ts')).pseudo('ltr'),
  'pseudo-rtl': async () => (await import('./pseudo.ts')).pseudo('rtl'),
};

/** What a person chooses from, and the texts it is chosen by. */
export const CHOICES = [DATASETS, FIELDS, PRESETS, STRATEGIES, CODES, MIXES, ENGINE_FACTS];
const NAMES = ['label', 'short', 'help', 'description', 'watch', 'scaleMeans', 'remark'];

/** Speaks the language that the address asks for; an unknown one is left alone. */
export async function speak(search: string): Promise<void> {
  const wanted = new URLSearchParams(search).get('lang') ?? '';
  if (!Object.hasOwn(LOCALES, wanted)) return;
  // With it come the texts of parts that are fetched later. A language that cannot be fetched leaves the page in English,
  // which is better than no page.
  const fetched = await Promise.all([LOCALES[wanted](), import('./en.ts')]).catch(() => null);
  if (!fetched) return;
  const [locale, { en }] = fetched;
  document.documentElement.lang = locale.tag;
  document.documentElement.dir = locale.direction;
  if (locale.direction === 'rtl') rightToLeft();
  change(en, locale.translate);
  for (const root of CHOICES) change(root, locale.translate, NAMES);
}

type Tree = Record<string, unknown>;

/** Changes every text below `node` in place, and what its functions return; of data, only the keys named. */
function change(node: object, translate: Locale['translate'], only?: readonly string[]): void {
  for (const [key, value] of Object.entries(node)) {
    if (only && !only.includes(key) && typeof value !== 'object') continue;
    if (typeof value === 'string') (node as Tree)[key] = translate(value);
    else if (typeof value === 'function') {
      const made = value as (...args: unknown[]) => unknown;
      (node as Tree)[key] = (...args: unknown[]) => {
        const text = made(...args);
        return typeof text === 'string' ? translate(text) : text;
      };
    } else if (typeof value === 'object' && value !== null) change(value, translate, only);
  }
}
