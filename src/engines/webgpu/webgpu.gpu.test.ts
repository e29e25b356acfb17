import { describeEngine } from '../contract-tests.ts';
import { installDawn } from '../testing/dawn.ts';
import { createWebgpuEngine } from './index.ts';

describeEngine('webgpu', () => createWebgpuEngine({ gpu: installDawn() }));
