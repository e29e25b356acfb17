import { useEffect, useState } from 'react';

/**
 * What `ask` resolves to, asked anew whenever `key` changes; null before the first answer and where `key` is null. An
 * answer that was overtaken by another question is dropped.
 */
export function useAnswer<T>(key: string | null, ask: () => Promise<T>): T | null {
  const [answer, setAnswer] = useState<{ readonly value: T } | null>(null);
  useEffect(() => {
    if (key === null) return;
    let overtaken = false;
    ask().then(
      (value) => {
        if (!overtaken) setAnswer({ value });
      },
      // A network that was reset while it was asked about has no answer; the next one has.
      () => {},
    );
    return () => {
      overtaken = true;
    };
    // The key says all that the question depends on.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key]);
  return key === null ? null : (answer?.value ?? null);
}
