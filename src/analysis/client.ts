/** The page's end of the analysis worker, started at the first question. */
import { watchLifeline } from '../messages/lifeline.ts';
import { connect, type Connection, type Remote } from '../messages/rpc.ts';
import type { AnalysisMethods } from './serve.ts';
import { analysisText } from './words.ts';

export type Analysis = Remote<AnalysisMethods>;

const losses = new Set<() => void>();

/** Hears when the worker is gone: the next one knows none of what it was given. */
export function onAnalysisLost(listener: () => void): void {
  losses.add(listener);
}

let connection: Connection<AnalysisMethods> | null = null;

export function analysis(): Analysis {
  if (!connection) {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'analysis' });
    const opened = connect<AnalysisMethods, never>(worker, () => {});
    const crashed = (why: string | null) => {
      leave();
      worker.terminate();
      if (connection === opened) connection = null;
      opened.fail(new Error(analysisText.workerStopped(why)));
      for (const tell of losses) tell();
    };
    const leave = watchLifeline(worker, crashed);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      crashed(event.message || null);
    });
    connection = opened;
  }
  return connection.remote;
}
