import { describeEngine } from '../contract-tests/index.ts';
import { createReferenceEngine } from './index.ts';

// The finite-difference, determinism, memory and refusal tests are real ones for the reference; the comparisons
// with itself only hold the suite together.
describeEngine('reference', async () => createReferenceEngine());
