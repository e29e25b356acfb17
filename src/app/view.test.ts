import { describe, expect, it } from 'vitest';
import { EMBEDDED, PARTS, readView, writeView } from './view.ts';

describe('what the page shows', () => {
  it('is everything, with the curves open, unless the link asks for something else', () => {
    expect(readView(undefined)).toEqual({ embedded: false, parts: new Set(PARTS), open: 'curves' });
    expect(readView('whatever')).toEqual(readView(undefined));
    expect(readView('devices')).toMatchObject({ embedded: false, open: 'devices' });
  });

  it('in a frame is what is named, or the usual', () => {
    expect(readView('embed')).toEqual({ embedded: true, parts: new Set(EMBEDDED), open: 'curves' });
    expect(readView('embed:nonsense,runs,inside')).toEqual({
      embedded: true,
      parts: new Set(['inside', 'runs']),
      open: 'inside',
    });
    expect(readView('embed:network').open).toBe(null);
    expect(readView(writeView(['try', 'devices'])).parts).toEqual(new Set(['try', 'devices']));
  });

  it('of a link made before is what has come in its place', () => {
    expect(readView('embed:curves,lanes')).toMatchObject({ parts: new Set(['curves', 'devices']) });
  });
});
