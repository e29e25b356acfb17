/** One contender in a process of its own, with WebGPU from Dawn (the npm package `webgpu`). */
import { create, globals } from 'webgpu';
import { watchBytes } from '../bytes.ts';
import { workerMethods, type Question } from '../worker-methods.ts';

Object.assign(globalThis, globals);
// Node has a `navigator` from version 21 on, without `gpu`.
if (!globalThis.navigator) Object.assign(globalThis, { navigator: {} });
Object.defineProperty(globalThis.navigator, 'gpu', { value: create([]) });

const answer = workerMethods(watchBytes());
process.on('message', async (question: Question) => process.send!(await answer(question)));
