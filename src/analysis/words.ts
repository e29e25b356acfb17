/** What is said about the analysis. Part of the page's texts (`app/text/en.ts`), where a locale changes it. */
export const analysisText = {
  workerStopped: (why: string | null) =>
    `The worker that looks into networks stopped: ${why ?? 'it could not be loaded'}.`,
};
