/** What is said about workers that fall silent. Part of the page's texts (`app/text/en.ts`), where a locale changes it. */
export const messagesText = {
  ended: 'it ended without saying why; the browser may have run out of memory',
  notStarted: (seconds: number) => `it did not start within ${seconds} s`,
  silent: (seconds: number) => `it has not answered for ${seconds} s`,
};
