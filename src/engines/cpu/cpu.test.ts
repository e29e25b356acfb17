import { describeEngine } from '../contract-tests.ts';
import { createCpuEngine } from './index.ts';
import { supportedBuilds } from './kernels.ts';

for (const build of supportedBuilds()) describeEngine(`cpu, ${build} SIMD`, () => createCpuEngine(build));
