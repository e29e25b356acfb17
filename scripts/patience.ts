/**
 * How long a test may take before it is taken to hang. Only against waiting for ever: no test is to come near it, on no
 * machine and beside whatever else that does, so it says nothing about speed. Tests have no other limit
 * (`patience.test.ts`).
 */
export const PATIENCE_MS = 15 * 60_000;

/** The same for one thing that a journey waits for: shorter, so that it is said what did not come. */
export const STEP_PATIENCE_MS = PATIENCE_MS / 3;
