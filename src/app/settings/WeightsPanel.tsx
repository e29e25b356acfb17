import { useState } from 'react';
import { download } from '../download.ts';
import { STRATEGIES } from '../../experiment/strategies.ts';
import { fetchPart } from '../late/fetch-part.ts';
import { useSession, useTheSession } from '../store/context.tsx';
import { weightsText as text } from '../text/weights.ts';
import { besideSettings, exported } from './exported.ts';
import styles from './panels.module.css';
import { LoadWeights } from './weights/LoadWeights.tsx';
import { SaveWeights } from './weights/SaveWeights.tsx';

/** Trained weights out, as files others can read, and weights in, to begin with. */
export function WeightsPanel() {
  return (
    <>
      <SaveWeights />
      <LoadWeights />
      <ExportPytorch />
    </>
  );
}

/** The experiment as a program: no weights, but how to make them. */
function ExportPytorch() {
  const session = useTheSession();
  const strategies = useSession((state) => state.experiment.strategies);
  const weights = useSession((state) => besideSettings(state).weights);
  const rated = useSession((state) => besideSettings(state).learningRateChanges.length > 0);
  const [problem, setProblem] = useState<string | null>(null);
  const without = strategies.flatMap((id) => {
    const { inPytorch, label } = STRATEGIES[id];
    return inPytorch ? [] : [label];
  });
  const save = async () => {
    const { experiment, shape } = exported(session.store.getState());
    // A few pages of Python that few people want: fetched when they do.
    const [{ pytorchScript }, { default: template }] = await fetchPart(() =>
      Promise.all([import('../../export/pytorch/script.ts'), import('../../export/pytorch/template.py?raw')]),
    );
    const script = pytorchScript(template, experiment, shape, { weights });
    download('piecewise-experiment.py', script, 'text/x-python');
    setProblem(null);
  };
  const failed = (error: unknown) => setProblem(error instanceof Error ? error.message : String(error));
  return (
    <>
      <button type="button" className="button" onClick={() => void save().catch(failed)}>
        {text.pytorch}
      </button>
      <p className={styles.faint}>
        {text.pytorchHelp} {without.length > 0 && text.pytorchWithout(without)}{' '}
        {weights !== undefined && text.pytorchWeights(weights)} {rated && text.pytorchRates}
      </p>
      {problem && (
        <p className={styles.failed} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
