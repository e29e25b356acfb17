/** Recordings as text for a link. */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import { asFormerly, decode, encode, type Extras } from '../../experiment/link.ts';
import { sessionText as words } from '../words.ts';
import { checkOf } from './check.ts';
import type { Recording } from './recording.ts';
import { recordingOf } from './schema.ts';
import { thin } from './thin.ts';

/** Characters of a link that any messenger passes on: a run in a link stays below. */
export const LINK_BUDGET = 6000;

/** From fine to coarse; the first that fits is taken. */
const THINNINGS = [
  { points: 120, spans: 60 },
  { points: 80, spans: 40 },
  { points: 50, spans: 24 },
  { points: 30, spans: 12 },
  { points: 20, spans: 0 },
  { points: 10, spans: 0 },
];

/** More unpacks from no link of ours. */
const MOST_BYTES = 2_000_000;

/** Parts the check value from what it is of. No letter of the packed run. */
const MARK = '.';

/**
 * Text of letters, digits, '-', '_' and a '.', at most `LINK_BUDGET` long; null where no thinning makes it fit. It opens
 * beside the settings that the recording was made with, and beside no others.
 */
export function toLink(recording: Recording): string | null {
  const settings = encode(decode(recording.fragment).experiment);
  for (const limits of THINNINGS) {
    const packed = pack(thin(recording, limits));
    const text = `${linkCheck(settings, packed)}${MARK}${packed}`;
    if (text.length <= LINK_BUDGET) return text;
  }
  return null;
}

/**
 * What follows the '#' of a link to a run: the run as `toLink` wrote it, beside its own settings. Those of now may have gone on.
 *
 * @param beside What else the link should hold.
 */
export const addressOf = ({ fragment }: Recording, run: string, beside: Extras = {}): string =>
  encode(decode(fragment).experiment, { ...beside, run });

/** Of the settings, too: curves under the settings of another run would be as wrong as other curves. */
const linkCheck = (settings: string, packed: string) => checkOf(`${settings} ${packed}`);

/** The experiment stands in the link already. What is `checked` has lost its check value where there is none. */
function pack(recording: Recording): string {
  const json = JSON.stringify({ ...recording, fragment: '', checked: true });
  const bytes = deflateSync(strToU8(json), { level: 9 });
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Links from before there was a check value have none, and open.
 *
 * @param settings Of the link, as `encode` writes them.
 * @throws Error with a sentence for a text that holds no recording, or another one than was sent.
 */
export function fromLink(text: string, settings: string): Recording {
  const mark = text.indexOf(MARK);
  const packed = text.slice(mark + 1);
  const right = [settings, asFormerly(settings)].map((written) => linkCheck(written, packed));
  if (mark >= 0 && !right.includes(text.slice(0, mark))) throw new Error(words.recordingBroken);
  const value = unpack(packed);
  if (mark < 0 && typeof value === 'object' && value !== null && 'checked' in value)
    throw new Error(words.recordingBroken);
  return { ...recordingOf(value, words.recordingInLink), fragment: settings };
}

function unpack(packed: string): unknown {
  try {
    const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    return JSON.parse(strFromU8(inflateSync(bytes, { out: new Uint8Array(MOST_BYTES) })));
  } catch {
    throw new Error(words.recordingBroken);
  }
}
