import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lift, move, touch, type Pen } from './pen.ts';

const finger = { id: 1, kind: 'touch' };
const palm = { id: 2, kind: 'touch' };
const pencil = { id: 3, kind: 'pen' };

describe('the pointer that draws', () => {
  it('is the first one; another that lands, moves and lifts changes nothing', () => {
    let pen: Pen = touch(null, finger, [1, 1]);
    pen = touch(pen, palm, [9, 9]);
    pen = move(pen, palm.id, [8, 8]);
    expect(lift(pen, palm.id)).toBeNull();
    pen = move(pen, finger.id, [2, 2]);
    expect(lift(pen, finger.id)).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('is the pen, where the palm came first', () => {
    let pen: Pen = touch(null, palm, [9, 9]);
    pen = touch(pen, pencil, [1, 1]);
    pen = move(pen, palm.id, [8, 8]);
    expect(lift(pen, palm.id)).toBeNull();
    expect(lift(pen, pencil.id)).toEqual([[1, 1]]);
  });

  it('never draws with two pointers, whatever they do', () => {
    const ids = fc.constantFrom(finger, palm, pencil);
    const deed = fc.record({ what: fc.constantFrom('touch', 'move', 'lift'), pointer: ids });
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        let pen: Pen = null;
        for (const { what, pointer } of deeds) {
          // Where a pointer is, is its number: a stroke shows who drew it.
          const place = [pointer.id, 0] as const;
          if (what === 'touch') pen = touch(pen, pointer, place);
          else if (what === 'move') pen = move(pen, pointer.id, place);
          else if (lift(pen, pointer.id)) pen = null;
          expect(new Set(pen?.stroke.map(([x]) => x) ?? []).size).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 13, numRuns: 500 },
    );
  });
});
