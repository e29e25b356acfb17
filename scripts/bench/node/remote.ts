import { fork } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, Remote } from '../worker-methods.ts';
import { dawnEnvironment } from './dawn.ts';

const worker = fileURLToPath(new URL('./worker.ts', import.meta.url));
const here = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * A process of its own, seen from the benchmark.
 * @param root A checkout whose engines and contenders it runs; by default this one.
 */
export function openProcess(hardware: boolean, root = here): Remote {
  const child = fork(path.join(root, path.relative(here, worker)), {
    cwd: root,
    // Node 20 has relaxed SIMD behind a flag; later versions have it anyway.
    execArgv: ['--import', 'tsx', '--experimental-wasm-relaxed-simd'],
    env: { ...process.env, ...dawnEnvironment(hardware) },
    // What libraries print must not reach standard output, where --json writes.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  let settle: { resolve(value: unknown): void; reject(error: Error): void } | null = null;
  child.on('message', (answer: Answer) => {
    if ('error' in answer) settle?.reject(new Error(answer.error));
    else settle?.resolve(answer.value);
  });
  child.on('exit', (code) => settle?.reject(new Error(`The process ended with code ${code}.`)));
  return {
    ask(method, ...args) {
      // A message sent before the process listens waits in its channel.
      const answered = new Promise((resolve, reject) => (settle = { resolve, reject }));
      child.send({ method, args });
      return answered as never;
    },
    stop() {
      settle = null;
      child.kill('SIGKILL');
    },
  };
}
