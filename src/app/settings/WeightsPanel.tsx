import { useState } from 'react';
import { download } from '../download.ts';
import { decode } from '../../experiment/link.ts';
import { STRATEGIES } from '../../experiment/strategies.ts';
import { shapeOf } from '../../session/derive.ts';
import { fetchPart } from '../late/fetch-part.ts';
import { useSession } from '../store/context.tsx';
import { weightsText as text } from '../text/weights.ts';
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
  const settings = useSession((state) => state.experiment);
  const run = useSession((state) => state.run);
  const dataset = useSession((state) => state.dataset);
  const weights = useSession((state) => state.weights);
  const [problem, setProblem] = useState<string | null>(null);
  const without = settings.strategies.flatMap((id) => {
    const { inPytorch, label } = STRATEGIES[id];
    return inPytorch ? [] : [label];
  });
  const save = async () => {
    // The run in hand as it was opened; its data, where they are there, else the official files' sizes.
    const experiment = run ? decode(run.fragment).experiment : settings;
    const shape = shapeOf(experiment, dataset);
    // A few pages of Python that few people want: fetched when they do.
    const [{ pytorchScript }, { default: template }] = await fetchPart(() =>
      Promise.all([import('../../export/pytorch/script.ts'), import('../../export/pytorch/template.py?raw')]),
    );
    const script = pytorchScript(template, experiment, shape, { weights: weights?.name });
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
        {weights && text.pytorchWeights(weights.name)}
      </p>
      {problem && (
        <p className={styles.failed} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
