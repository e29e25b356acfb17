/** Recordings as earlier versions wrote them, in the words of today. */

/** Version 1 said `modes` for strategies and `rate` for the learning rate. Anything else is handed back as it is. */
export function inTodaysWords(value: unknown): unknown {
  if (!isRecord(value) || value.version !== 1) return value;
  const { modes, rateChanges, ...rest } = value;
  return {
    ...rest,
    version: 2,
    ...(Array.isArray(rateChanges) ? { learningRateChanges: rateChanges.map(withLearningRate) } : {}),
    strategies: Array.isArray(modes) ? modes.map(strategyOf) : modes,
  };
}

const strategyOf = (mode: unknown) =>
  isRecord(mode) ? { ...mode, columns: withLearningRate(mode.columns) } : mode;

function withLearningRate(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { rate, ...rest } = value;
  return { ...rest, learningRate: rate };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
