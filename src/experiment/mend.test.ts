/** Links as they arrive from mail, chat and documents. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Experiment } from './experiment.ts';
import { decode, encode, fragmentOf, RESERVED_KEYS } from './link.ts';
import { LIMITS } from './limits.ts';
import { DEFAULTS, FIELD_NAMES, fieldOf } from './table.ts';
import { anyExperiment } from './testing.ts';

const LINK = 'data=mnist&layers=64x4&cuts=2&seed=7';
const MEANT: Experiment = { ...DEFAULTS, layers: [64, 64, 64, 64], cuts: [2], seed: 7 };

describe('a link that was changed on its way', () => {
  it.each<readonly [string, string, string]>([
    ['HTML', LINK.replaceAll('&', '&amp;'), '“&amp;” for “&”'],
    ['HTML, twice', LINK.replaceAll('&', '&amp;amp;'), '“&amp;” for “&”'],
    ['HTML by numbers', LINK.replaceAll('&', '&#38;'), '“&amp;” for “&”'],
    ['JSON', LINK.replaceAll('&', '\\u0026'), '“&amp;” for “&”'],
    ['a form', encodeURIComponent(LINK), 'percent-encoded'],
    ['a form, twice', encodeURIComponent(encodeURIComponent(LINK)), 'percent-encoded'],
    ['a form that left the first “=”', LINK.replaceAll('&', '%26'), 'percent-encoded'],
    ['a form within HTML', encodeURIComponent(LINK.replaceAll('&', '&amp;')), '“&amp;” for “&”'],
    ['mail', LINK.replaceAll('=', '=3D'), '“=3D” for “=”'],
    ['mail with broken lines', 'data=3Dmnist&layers=3D64x4&cu=\r\nts=3D2&se=\r\ned=3D7', '“=3D” for “=”'],
    ['mail whose broken lines a browser joined', 'data=3Dmnist&layers=3D64x4&cu=ts=3D2&seed=3D7', '“=3D”'],
    ['Markdown', 'data=mnist\\&layers=64x4\\&cuts=2\\&seed=7', 'backslashes'],
    ['a tracker', `${LINK}:~:text=Piecewise`, 'something of its own'],
    ['a phone', LINK.replace('data', 'Data'), 'capital letter'],
    ['a document', LINK.replaceAll('&', '&\u200b').replace('64x4', '\u00a064x4'), 'invisible characters'],
    ['a chat that writes from right to left', `\u2067${LINK}\u2069\u200f`, 'invisible characters'],
    ['mail without format', LINK.replace('layers=', 'layers=\n  '), 'spaces'],
    ...[')', ',', ';', '>', '…', '.', '"', '”', "'", '»', '*', '_', '`', '!).', '。', '%22', '%E2%80%A6'].map(
      (end) => [`a sentence that goes on with ${end}`, `${LINK}${end}`, 'at the end'] as const,
    ),
    ['a quotation', `${LINK}&quot;&gt;`, 'at the end'],
    ['an encoded quotation', `${LINK}%22%3E`, 'at the end'],
  ])('by %s means the same, and it is said', (_, mangled, said) => {
    const { experiment, notices } = decode(`#${mangled}`);
    expect(experiment).toEqual(MEANT);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ mended: true });
    expect(notices[0].message).toMatch(
      /^A program on the way changed this link: .*It was read as it was meant\.$/,
    );
    expect(notices[0].message).toContain(said);
  });

  it('by mail is not suspected where one value alone looks so', () => {
    const { experiment, notices } = decode('v=1&data=mnist&seed=3D7&epochs=2');
    expect(experiment).toMatchObject({ data: 'mnist', epochs: 2 });
    expect(notices.map(({ message }) => message).join()).toContain('3D7');
  });

  it('keeps the recording and the view that it carries', () => {
    const extras = { run: 'aZ09-_.x_', view: 'embed:curves' };
    for (const end of [')', '.', ',', '"', '…', '%22'])
      expect(decode(`${LINK}&view=embed:curves&run=aZ09-_.x_${end}`)).toMatchObject({
        experiment: MEANT,
        extras,
      });
    const all = `${LINK}&run=aZ09-_.x_&view=embed%3Acurves`;
    expect(decode(all.replaceAll('&', '&amp;'))).toMatchObject({ experiment: MEANT, extras });
    expect(decode(encodeURIComponent(all))).toMatchObject({ experiment: MEANT, extras });
  });

  it('is found within the address of a service that checks links', () => {
    const own = `https://example.org/piecewise/#${LINK}`;
    const wrapped = `https://checks.example/?url=${encodeURIComponent(own)}&data=05%7C01&reserved=0`;
    expect(decode(fragmentOf(wrapped)).experiment).toEqual(MEANT);
    expect(decode(fragmentOf(`<${own}>`)).experiment).toEqual(MEANT);
  });

  it('is found behind a “#” that alone was encoded', () => {
    for (const hash of ['%23', '%2523'])
      expect(decode(fragmentOf(`https://example.org/piecewise/${hash}${LINK}`)).experiment).toEqual(MEANT);
  });

  it('names what a tracker added, for it may have been a setting', () => {
    const { experiment, notices } = decode(`${LINK}?utm_source=mail`);
    expect(experiment).toEqual(MEANT);
    expect(notices.map(({ message }) => message).join()).toContain('utm_source');
  });
});

/** What programs do, each to any link. */
const MANGLINGS: Readonly<Record<string, (link: string) => string>> = {
  entities: (link) => link.replaceAll('&', '&amp;'),
  whole: (link) => encodeURIComponent(link),
  separators: (link) => link.replaceAll('&', '%26'),
  mail: (link) => link.replaceAll('=', '=3D').replace(/((?:=3D|[^=]){60})(?=.)/gs, '$1=\r\n'),
  bracket: (link) => `${link})`,
  stop: (link) => `${link}.`,
  quote: (link) => `${link}%22`,
  ellipsis: (link) => `${link}…`,
  invisible: (link) => link.replaceAll('&', '\u200b&'),
  capital: (link) => link.replace(/[a-z]/, (letter) => letter.toUpperCase()),
};

describe('links of every kind', () => {
  it('mean the same after any one or two of these, for 3,000 random experiments', () => {
    fc.assert(
      fc.property(
        anyExperiment,
        fc.shuffledSubarray(Object.keys(MANGLINGS), { minLength: 1, maxLength: 2 }),
        (experiment, names) => {
          // Mail writes its own marks last: nothing on the way looks like them afterwards.
          const order = names.toSorted((a, b) => Number(a === 'mail') - Number(b === 'mail'));
          const mangled = order.reduce((link, name) => MANGLINGS[name](link), encode(experiment));
          const read = decode(mangled);
          expect(read.experiment).toEqual(experiment);
          expect(read.notices.every(({ mended }) => mended)).toBe(true);
        },
      ),
      { seed: 28, numRuns: 3000 },
    );
  });

  it('pass as they are when nothing was done to them, whatever the page put in, for 2,000', () => {
    const extras = fc.record(
      Object.fromEntries(RESERVED_KEYS.map((key) => [key, fc.string({ unit: 'grapheme', maxLength: 30 })])),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anyExperiment, extras, (experiment, given) => {
        const read = decode(encode(experiment, given));
        expect(read).toMatchObject({ experiment, extras: given, notices: [] });
      }),
      { seed: 28, numRuns: 2000 },
    );
  });

  it('say what they could not read, for 20,000 with one letter changed', () => {
    fc.assert(
      fc.property(
        anyExperiment,
        fc.nat(),
        fc.oneof(
          fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
          fc.constantFrom(...'0123456789abcxX,.-=&%'),
        ),
        (experiment, at, letter) => {
          const link = encode(experiment);
          const place = at % link.length;
          const changed = link.slice(0, place) + letter + link.slice(place + 1);
          const { experiment: read, notices } = decode(changed);
          if (notices.length > 0) return notices.forEach(({ message }) => expect(message).toMatch(/[.?]$/));
          // Without a word it means what it says: every setting in it, and the defaults for the rest.
          const said = new Map(changed.split('&').map((part) => part.split('=') as [string, string]));
          for (const name of FIELD_NAMES) {
            const field = fieldOf(name);
            const text = said.get(field.key);
            if (text !== undefined)
              expect(field.write(read[name] as never)).toBe(
                field.write(field.read(decodeURIComponent(text)) as never),
              );
            else if (name !== 'cuts') expect(read[name]).toEqual(DEFAULTS[name]);
          }
        },
      ),
      { seed: 28, numRuns: 20_000 },
    );
  });

  /** How often patterns look at a letter of this link, on average. */
  const looksPerLetter = (link: string): number => {
    let letters = 0;
    const patterns = RegExp.prototype as { [Symbol.replace](text: string, by: string): string };
    const replace = patterns[Symbol.replace];
    const counted = vi.spyOn(patterns, Symbol.replace).mockImplementation(function (this: RegExp, text, by) {
      letters += text.length;
      return replace.call(this, text, by);
    });
    try {
      decode(link);
    } finally {
      counted.mockRestore();
    }
    return letters / link.length;
  };

  it.each([')', '=', '&', ' ', '\n', '%25', '&amp;', '=3D', '\u200b', '_)', '&#38', '%22', '%26seed'])(
    'made of %j to keep the page busy are looked at as seldom as others',
    (piece) => {
      const many = piece.repeat(LIMITS.fragment / piece.length - 8);
      // There are fewer than twenty patterns, and each sees a letter once; but the two for ends, which see 48 letters
      // each time that one is taken away.
      for (const link of [`${many}x=1`, `x=1${many}`]) expect(looksPerLetter(link)).toBeLessThan(20 + 2 * 48);
    },
  );
});
