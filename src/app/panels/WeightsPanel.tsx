import { useState } from 'react';
import { download } from '../download.ts';
import { fetchPart } from '../late/fetch-part.ts';
import { useSession } from '../session/context.tsx';
import { weightsText as text } from '../text/weights.ts';
import styles from './panels.module.css';
import { LoadWeights } from './weights/LoadWeights.tsx';
import { SaveWeights } from './weights/SaveWeights.tsx';

/** Trained weights out, as files others can read, and weights in, to begin with. */
export function WeightsPanel() {
  return (
    <details className={styles.panel}>
      <summary>
        <h2>{text.heading}</h2>
      </summary>
      <div className={styles.fields}>
        <SaveWeights />
        <LoadWeights />
        <ExportPytorch />
      </div>
    </details>
  );
}

/** The experiment as a program: no weights, but how to make them. */
function ExportPytorch() {
  const experiment = useSession((state) => state.experiment);
  const plan = useSession((state) => state.plan);
  const dataset = useSession((state) => state.dataset);
  const weights = useSession((state) => state.weights);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async () => {
    if (!plan || !dataset) return;
    // A few pages of Python that few people want: fetched when they do.
    const [{ pytorchScript }, { default: template }] = await fetchPart(() =>
      Promise.all([import('../../export/pytorch/script.ts'), import('../../export/pytorch/template.py?raw')]),
    );
    const { pixels, classes, train } = dataset;
    const shape = { pixels, classes, trainCount: train.count };
    const script = pytorchScript(template, experiment, shape, { weights: weights?.name });
    download('piecewise-experiment.py', script, 'text/x-python');
    setProblem(null);
  };
  const failed = (error: unknown) => setProblem(error instanceof Error ? error.message : String(error));
  return (
    <>
      <button type="button" className="button" disabled={!dataset} onClick={() => void save().catch(failed)}>
        {text.pytorch}
      </button>
      <p className={styles.faint}>
        {text.pytorchHelp} {weights && text.pytorchWeights(weights.name)}
      </p>
      {problem && (
        <p className={styles.failed} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
