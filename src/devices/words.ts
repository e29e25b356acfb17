/** What is said about devices. Part of the page's texts (`app/text/en.ts`), where a locale changes it. */
export const devicesText = {
  gone: (rank: number, why: string) => `Device ${rank + 1} is gone: ${why}`,
  allNeeded: 'Every device of this strategy is needed; reset to start again.',
  workerStopped: (why: string) => `its worker stopped: ${why}`,
  workerNotLoaded: 'its worker could not be loaded.',
  unreadable: 'it sent something unreadable.',
};
