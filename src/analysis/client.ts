/** The page's end of the analysis worker, started at the first question. */
import { connect, type Connection, type Remote } from '../messages/rpc.ts';
import type { AnalysisMethods } from './serve.ts';
import { analysisText } from './words.ts';

export type Analysis = Remote<AnalysisMethods>;

let connection: Connection<AnalysisMethods> | null = null;

export function analysis(): Analysis {
  if (!connection) {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'analysis' });
    const opened = connect<AnalysisMethods, never>(worker, () => {});
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      worker.terminate();
      if (connection === opened) connection = null;
      opened.fail(new Error(analysisText.workerStopped(event.message || null)));
    });
    connection = opened;
  }
  return connection.remote;
}
