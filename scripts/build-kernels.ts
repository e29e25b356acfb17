/** `npm run kernels`: compiles the CPU engine's kernels where they have changed. */
import { ensureKernels } from './kernels.ts';

await ensureKernels(console.log);
