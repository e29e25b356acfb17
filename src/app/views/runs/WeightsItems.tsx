import { Fragment, useState } from 'react';
import { STRATEGIES, type StrategyId } from '../../../experiment/strategies.ts';
import { download } from '../../download.ts';
import { useActions } from '../../store/context.tsx';
import { runsText as text } from '../../text/runs.ts';
import { weightsName } from '../../weights-file.ts';
import type { KeptRun } from '../../kept/kept.ts';
import { readWeights, useKeptWeights } from '../../kept/kept-weights.ts';

/** What can be done with the weights of a kept run, where there are any. */
export function WeightsItems({ run: { id, recording } }: { readonly run: KeptRun }) {
  const strategies = useKeptWeights(({ index }) => index.find((one) => one.id === id)?.strategies);
  const { open, loadWeights } = useActions();
  const [problem, setProblem] = useState<string | null>(null);
  const failed = (error: unknown) => setProblem(error instanceof Error ? error.message : String(error));
  const save = async (strategy: StrategyId) => {
    const file = await readWeights(id, strategy);
    if (file) download(weightsName(strategy), file, 'application/octet-stream');
  };
  const begin = async (strategy: StrategyId) => {
    const file = await readWeights(id, strategy);
    if (!file) return;
    open(recording.fragment);
    loadWeights(new File([file], weightsName(strategy)));
  };
  const items = strategies?.map((strategy) => (
    <Fragment key={strategy}>
      <button type="button" onClick={() => void save(strategy).catch(failed)}>
        {text.saveWeights(STRATEGIES[strategy].label)}
      </button>
      <button type="button" onClick={() => void begin(strategy).catch(failed)}>
        {text.beginWith(STRATEGIES[strategy].label)}
      </button>
    </Fragment>
  ));
  return (
    <>
      {items}
      {problem && <p role="alert">{problem}</p>}
    </>
  );
}
