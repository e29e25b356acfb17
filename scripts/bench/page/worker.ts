import { watchBytes } from '../bytes.ts';
import { workerMethods, type Question } from '../worker-methods.ts';

const answer = workerMethods(watchBytes());
self.onmessage = async ({ data }: MessageEvent<Question>) => postMessage(await answer(data));
