/** Before any test, and so also before one that is run alone: the CPU engine's kernels. */
import { ensureKernels } from './kernels.ts';

export default (): Promise<void> => ensureKernels(console.log);
