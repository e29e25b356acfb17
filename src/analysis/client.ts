/** The page's end of the analysis worker, started at the first question. */
import { connect, type Connection, type Remote } from '../messages/rpc.ts';
import type { AnalysisMethods } from './serve.ts';

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
      opened.fail(
        new Error(
          `The worker that looks into networks stopped: ${event.message || 'it could not be loaded'}.`,
        ),
      );
    });
    connection = opened;
  }
  return connection.remote;
}
