import { beforeEach, describe, expect, it } from 'vitest';
import { drawnOf, pin, usePinned } from './drawn.ts';

const ticked = ['conventional', 'sil', 'pipeline'] as const;
const none = { pinned: null, working: null, before: null };

describe('the strategy that is drawn', () => {
  it('is the one on labels at first, else the first that is ticked', () => {
    expect(drawnOf({ ticked, ...none })).toBe('sil');
    expect(drawnOf({ ticked: ['conventional', 'data'], ...none })).toBe('conventional');
    expect(drawnOf({ ticked: [], ...none })).toBeNull();
  });

  it('follows the turn, and stays through a pause', () => {
    expect(drawnOf({ ticked, ...none, working: 'pipeline', before: 'sil' })).toBe('pipeline');
    expect(drawnOf({ ticked, ...none, before: 'pipeline' })).toBe('pipeline');
  });

  it('is the one that someone pinned, as long as it is ticked', () => {
    expect(drawnOf({ ticked, pinned: 'conventional', working: 'sil', before: 'sil' })).toBe('conventional');
    expect(drawnOf({ ticked, pinned: 'fsdp', working: 'sil', before: null })).toBe('sil');
    expect(drawnOf({ ticked: ['pipeline'], pinned: 'sil', working: null, before: 'sil' })).toBe('pipeline');
  });
});

describe('pinning', () => {
  beforeEach(() => usePinned.setState({ pinned: null }));

  it('keeps a strategy, another one in its place, and lets go of it when pressed again', () => {
    const pinned = () => usePinned.getState().pinned;
    pin('conventional');
    expect(pinned()).toBe('conventional');
    pin('sil');
    expect(pinned()).toBe('sil');
    pin('sil');
    expect(pinned()).toBeNull();
  });
});
