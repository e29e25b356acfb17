import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { asFormerly, decode, encode } from '../../experiment/link.ts';
import { checkOf } from './check.ts';
import { fromLink, toLink } from './link.ts';
import type { Recording } from './recording.ts';
import { madeUpRecording } from './testing.ts';
import { thin } from './thin.ts';

/** What a person gets of a link: the recording, or sentences that say why there is none. */
function opened(link: string): { readonly recording: Recording | null; readonly said: readonly string[] } {
  const { experiment, extras, notices } = decode(link);
  const said = notices.map(({ message }) => message);
  if (extras.run === undefined) return { recording: null, said };
  try {
    return { recording: fromLink(extras.run, encode(experiment)), said };
  } catch (error) {
    return { recording: null, said: [...said, (error as Error).message] };
  }
}

/** As links were written before they had a check value. */
function oldLink(recording: Recording): string {
  const bytes = deflateSync(strToU8(JSON.stringify({ ...recording, fragment: '' })));
  return Buffer.from(bytes).toString('base64url');
}

const recording = madeUpRecording({ points: 40 });
const text = toLink(recording)!;
const link = encode(decode(recording.fragment).experiment, { run: text });
const LETTERS = 'ABCXYZabcxyz0189-_.&=%#+,~ ';

describe('a link with a run in it', () => {
  it('is refused where its check value is gone and only the mark of it is left', () => {
    const broken = link.replace(text, text.slice(text.indexOf('.')));
    expect(opened(broken)).toMatchObject({ recording: null });
    expect(opened(broken).said).toHaveLength(1);
  });

  it('opens beside its settings, with a chart or without', () => {
    expect(opened(link)).toEqual({ recording: opened(link).recording, said: [] });
    expect(opened(link).recording).toMatchObject({ fragment: recording.fragment, date: recording.date });
    expect(opened(`${recording.fragment}&chart=x.seconds&run=${text}`).recording).not.toBeNull();
  });

  it('with any one letter changed opens as it was, or says why not', () => {
    const { recording: right } = opened(link);
    const outcomes = { same: 0, refused: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...LETTERS), fc.constantFrom(...LETTERS), (one, other) => {
        for (let at = 0; at < link.length; at++) {
          const letter = link[at] === one ? other : one;
          if (letter === link[at]) continue;
          const changed = opened(link.slice(0, at) + letter + link.slice(at + 1));
          if (changed.recording === null) {
            expect(changed.said.join(' ')).toMatch(/\.$/);
            outcomes.refused++;
          } else {
            expect(changed.recording).toEqual(right);
            outcomes.same++;
          }
        }
      }),
      { seed: 1, numRuns: 4 },
    );
    expect(outcomes.refused).toBeGreaterThan(4 * text.length * 0.9);
  });

  it('that was cut, at its end or between check and run, is refused', () => {
    for (let length = 1; length < text.length; length++)
      expect(() => fromLink(text.slice(0, length), recording.fragment)).toThrow(/cut short or changed/);
    const bare = text.slice(text.indexOf('.') + 1);
    expect(() => fromLink(bare, recording.fragment)).toThrow(/cut short or changed/);
  });

  it('beside the settings of another run is refused', () => {
    expect(opened(link.replace('turn=1', 'turn=2')).said.join()).toMatch(/or the settings beside it/);
  });

  it('from before there was a check value opens', () => {
    const old = thin(recording, { points: 30, spans: 2 });
    expect(fromLink(oldLink(old), recording.fragment)).toEqual(old);
  });

  it('beside settings in former words opens', () => {
    const former = {
      ...recording,
      fragment: `${recording.fragment.replace(/&v=1$/, '')}&strategies=sil&v=1`,
    };
    const settings = encode(decode(former.fragment).experiment);
    const packed = toLink(former)!.split('.')[1];
    expect(asFormerly(settings)).toContain('modes=sil');
    const opened = fromLink(`${checkOf(`${asFormerly(settings)} ${packed}`)}.${packed}`, settings);
    expect(opened.strategies).toEqual(fromLink(toLink(former)!, settings).strategies);
  });

  it('that holds something else is refused with a sentence', () => {
    expect(() => fromLink('abc', '')).toThrow(/cannot be unpacked/);
    fc.assert(
      fc.property(fc.string(), (any) => {
        expect(() => fromLink(any, '')).toThrow(/\.$/);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
