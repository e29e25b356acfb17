import { describe, expect, it } from 'vitest';
import { EMBEDDED, PARTS, readView, writeView } from './view.ts';

describe('what the page shows', () => {
  it('is everything, unless the link asks for a frame', () => {
    expect(readView(undefined)).toMatchObject({ embedded: false, parts: new Set(PARTS) });
    expect(readView('whatever').embedded).toBe(false);
  });

  it('in a frame is what is named, or the usual', () => {
    expect(readView('embed')).toEqual({ embedded: true, parts: new Set(EMBEDDED) });
    expect(readView('embed:curves,nonsense,runs')).toEqual({
      embedded: true,
      parts: new Set(['curves', 'runs']),
    });
    expect(readView(writeView(['try', 'lanes'])).parts).toEqual(new Set(['try', 'lanes']));
  });
});
