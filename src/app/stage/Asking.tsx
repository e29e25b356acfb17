import { useEffect } from 'react';
import { analysis } from '../../analysis/client.ts';
import type { Prediction } from '../../analysis/serve.ts';
import type { StrategyId } from '../../experiment/strategies.ts';
import { testCharacter, useCharacter } from '../asking/character.ts';
import { useNetworks } from '../asking/networks.ts';
import { useAnswer } from '../asking/useAnswer.ts';
import { useVisible } from '../asking/useVisible.ts';
import { useSession } from '../store/context.tsx';
import { NO_ANSWERS, useAnswers } from './answers.ts';

/** Asks every trained network about the character at hand, and the drawn one also before it has trained. */
export function Asking({ drawn }: { readonly drawn: StrategyId }) {
  const [place, visible] = useVisible<HTMLElement>();
  const dataset = useSession((state) => state.dataset);
  const recorded = useSession((state) => state.recording !== null);
  const trained = useSession(({ strategies }) => Object.values(strategies).some(({ step }) => step > 0));
  const chosen = useCharacter(dataset);
  const plan = useSession((state) => state.plan);
  const asks = visible && !recorded;
  useNetworks(asks && trained, 'all');
  const { ids, untrained, version, plan: of } = useNetworks(asks, drawn);
  const there = dataset !== null && !recorded && of === plan && ids.length + untrained.length > 0;
  const key = chosen?.key ?? 0;
  const known = [...ids, ...untrained].join();
  const answers = useAnswer(there ? `${known} ${version} ${dataset.name} ${key}` : null, async () => {
    const shown = chosen ?? { ...testCharacter(dataset!, 0), key };
    const predictions: Partial<Record<StrategyId, Prediction>> = {};
    await Promise.all(
      [...ids, ...untrained].map(async (id) => {
        // A network that was reset while it was asked has no answer; the others have theirs.
        const prediction = await analysis()
          .classify(id, shown.pixels)
          .catch(() => null);
        if (prediction) predictions[id] = prediction;
      }),
    );
    return { shown, plan, predictions, untrained };
  });
  useEffect(() => useAnswers.setState(answers ?? NO_ANSWERS), [answers]);
  return <span ref={place} />;
}
