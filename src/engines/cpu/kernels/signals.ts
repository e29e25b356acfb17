/** Words that threads wait for: a 32-bit number, and behind it how many threads sleep until it changes. */

/** How often a word is looked at before the thread sleeps: some tens of microseconds, several times what waking costs. */
const LOOKS = 20_000;

/** Waits until the word is no longer `seen`. @returns What it is then. */
export function awaitChange(word: usize, seen: i32): i32 {
  for (let looks = LOOKS; looks > 0; looks--) {
    const now = atomic.load<i32>(word);
    if (now != seen) return now;
  }
  atomic.add<i32>(word, 1, 4);
  // Returns at once where the word has changed meanwhile.
  while (atomic.load<i32>(word) == seen) atomic.wait<i32>(word, seen, -1);
  atomic.sub<i32>(word, 1, 4);
  return atomic.load<i32>(word);
}

/** Wakes whoever sleeps until the word changes. To be called after changing it. */
export function wake(word: usize): void {
  if (atomic.load<i32>(word, 4) > 0) atomic.notify(word, -1);
}
