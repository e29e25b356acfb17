/** Work that is done one after the other, in the order in which it was asked for. */
export class Queue {
  private last: Promise<unknown> = Promise.resolve();

  /** Begins `work` once everything before it has ended, well or not. */
  add<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => {});
    return result;
  }

  /** When all that was asked for so far has ended. Never rejects. */
  async ended(): Promise<void> {
    await this.last;
  }
}
