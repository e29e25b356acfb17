import { Fragment } from 'react';
import { STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import { download } from '../download.ts';
import { useActions } from '../session/context.tsx';
import { runsText as text } from '../text/runs.ts';
import { weightsName } from '../weights-file.ts';
import type { KeptRun } from './kept.ts';
import { readWeights, useKeptWeights } from './kept-weights.ts';

/** What can be done with the weights of a kept run, where there are any. */
export function WeightsItems({ run: { id, recording } }: { readonly run: KeptRun }) {
  const ways = useKeptWeights(({ index }) => index.find((one) => one.id === id)?.ways);
  const { open, loadWeights } = useActions();
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
  return ways?.map((way) => (
    <Fragment key={way}>
      <button type="button" onClick={() => void save(way)}>
        {text.saveWeights(STRATEGIES[way].label)}
      </button>
      <button type="button" onClick={() => void begin(way)}>
        {text.beginWith(STRATEGIES[way].label)}
      </button>
    </Fragment>
  ));
}
