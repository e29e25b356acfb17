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
  const ways = useKeptWeights(({ index }) => index.find((one) => one.id === id)?.ways);
  const { open, loadWeights } = useActions();
  const [problem, setProblem] = useState<string | null>(null);
  const failed = (error: unknown) => setProblem(error instanceof Error ? error.message : String(error));
  const save = async (way: StrategyId) => {
    const file = await readWeights(id, way);
    if (file) download(weightsName(way), file, 'application/octet-stream');
  };
  const begin = async (way: StrategyId) => {
    const file = await readWeights(id, way);
    if (!file) return;
    open(recording.fragment);
    loadWeights(new File([file], weightsName(way)));
  };
  const items = ways?.map((way) => (
    <Fragment key={way}>
      <button type="button" onClick={() => void save(way).catch(failed)}>
        {text.saveWeights(STRATEGIES[way].label)}
      </button>
      <button type="button" onClick={() => void begin(way).catch(failed)}>
        {text.beginWith(STRATEGIES[way].label)}
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
