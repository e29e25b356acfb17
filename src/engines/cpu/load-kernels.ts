/** Loads the compiled kernels, for one thread or for several. */
import type { Build, Kernels } from './kernels.ts';
import { sharedKernels, type SharingExports } from './shared-kernels.ts';
import { ALONE, type Helpers, Team } from './team.ts';

/** Whose code: a build, for one thread or for several that share a memory. */
type Module = Build | `${Build}-threads`;

const SOURCES: Readonly<Record<Module, () => Promise<{ base64: string }>>> = {
  relaxed: () => import('./wasm/relaxed.ts'),
  plain: () => import('./wasm/plain.ts'),
  'relaxed-threads': () => import('./wasm/relaxed-threads.ts'),
  'plain-threads': () => import('./wasm/plain-threads.ts'),
};

const modules = new Map<Module, Promise<WebAssembly.Module>>();

async function compile(name: Module): Promise<WebAssembly.Module> {
  const text = atob((await SOURCES[name]()).base64);
  return WebAssembly.compile(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}

/** The compiled module, shared by all instances of a thread. */
function moduleOf(name: Module): Promise<WebAssembly.Module> {
  const module = modules.get(name) ?? compile(name);
  modules.set(name, module);
  return module;
}

/** As many as the kernels have queues for (`kernels/control.ts`). */
export const MOST_THREADS = 64;

/** A memory that may grow to 4 GiB, or as far as this machine lets one be promised (phones refuse the most). */
function reserve(shared: boolean): WebAssembly.Memory {
  for (const maximum of [65_536, 32_768, 16_384]) {
    try {
      return new WebAssembly.Memory({ initial: 1, maximum, shared });
    } catch {
      // Try a smaller promise.
    }
  }
  return new WebAssembly.Memory({ initial: 1, maximum: 4_096, shared });
}

/** Kernels with a memory of their own, and the threads that help to run them. */
export interface LoadedKernels {
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
  readonly helpers: Helpers;
}

/** @param threads That share the work, this one among them. */
export async function loadKernels(build: Build, threads = 1): Promise<LoadedKernels> {
  const shared = threads > 1;
  const module = await moduleOf(shared ? `${build}-threads` : build);
  const memory = reserve(shared);
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  if (!shared) {
    return { kernels: { ...(exports as unknown as Kernels), threads }, memory, helpers: ALONE };
  }
  const shares = exports as unknown as SharingExports;
  return {
    kernels: sharedKernels(shares, memory, threads),
    memory,
    helpers: new Team(shares, { module, memory }, threads),
  };
}
