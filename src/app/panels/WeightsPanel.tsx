import { useState } from 'react';
import { countParameters } from '../../network/spec.ts';
import { STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import { writeLayersModel } from '../../export/layers-model.ts';
import { download } from '../download.ts';
import { useActions, useParameters, useSession } from '../session/context.tsx';
import { useModes } from '../session/modes.ts';
import { weightsText as text } from '../text/weights.ts';
import { originOf, weightsFile, weightsName } from '../weights-file.ts';
import styles from './panels.module.css';

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

const WHOLE = 'whole';

function SaveWeights() {
  const modes = useModes();
  const plan = useSession((state) => state.plan);
  const fragment = useSession((state) => state.fragment);
  const parameters = useParameters();
  const [mode, setMode] = useState<StrategyId | null>(null);
  const [part, setPart] = useState(WHOLE);
  const [problem, setProblem] = useState<string | null>(null);
  const started = Object.values(modes).filter(({ step, status }) => step > 0 && status !== 'failed');
  const chosen = started.find(({ id }) => id === mode) ?? started[0];
  if (!plan || !chosen) return <p className={styles.faint}>{text.none}</p>;
  const { id } = chosen;
  const network = id === 'sil' ? plan.silNetwork : plan.network;
  const partition = plan.partitions.find(({ rank }) => String(rank) === part);

  const save = async (format: 'safetensors' | 'tensorflow') => {
    try {
      const all = await parameters(id);
      if (!all) return;
      const firstLayer = partition?.firstLayer ?? 0;
      const layers = network.slice(firstLayer, partition ? firstLayer + partition.layers.length : undefined);
      const from = countParameters(network.slice(0, firstLayer));
      const values = all.slice(from, from + countParameters(layers));
      const origin = { fragment, way: id, firstLayer };
      const name = weightsName(id, partition?.rank);
      if (format === 'safetensors') {
        download(name, weightsFile(layers, values, origin), 'application/octet-stream');
      } else {
        const weights = name.replace('.safetensors', '.weights.bin');
        const model = writeLayersModel(layers, values, weights, originOf(origin));
        download(name.replace('.safetensors', '.json'), model.json, 'application/json');
        download(weights, model.weights, 'application/octet-stream');
      }
      setProblem(null);
    } catch (error) {
      setProblem(text.failed(error instanceof Error ? error.message : String(error)));
    }
  };

  return (
    <>
      <label className={styles.pick}>
        {text.of}
        <select value={id} onChange={({ target }) => setMode(target.value as StrategyId)}>
          {started.map((one) => (
            <option key={one.id} value={one.id}>
              {STRATEGIES[one.id].label}
            </option>
          ))}
        </select>
      </label>
      {plan.partitions.length > 1 && (
        <label className={styles.pick}>
          {text.what}
          <select value={partition ? part : WHOLE} onChange={({ target }) => setPart(target.value)}>
            <option value={WHOLE}>{text.whole}</option>
            {plan.partitions.map(({ rank, firstLayer, layers }) => (
              <option key={rank} value={String(rank)}>
                {text.partition(rank, text.layers(firstLayer + 1, firstLayer + layers.length))}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className={styles.buttons}>
        <button type="button" className="button" onClick={() => void save('safetensors')}>
          {text.safetensors}
        </button>
        <button type="button" className="button" onClick={() => void save('tensorflow')}>
          {text.tensorflow}
        </button>
      </div>
      {problem && (
        <p className={styles.failed} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

/** The experiment as a program: no weights, but how to make them. */
function ExportPytorch() {
  const experiment = useSession((state) => state.experiment);
  const plan = useSession((state) => state.plan);
  const dataset = useSession((state) => state.dataset);
  const weights = useSession((state) => state.weights);
  const save = async () => {
    if (!plan || !dataset) return;
    // A few pages of Python that few people want: fetched when they do.
    const [{ pytorchScript }, { default: template }] = await Promise.all([
      import('../../export/pytorch/script.ts'),
      import('../../export/pytorch/template.py?raw'),
    ]);
    const { pixels, classes, train } = dataset;
    const shape = { pixels, classes, trainCount: train.count };
    const script = pytorchScript(template, experiment, shape, { weights: weights?.name });
    download('piecewise-experiment.py', script, 'text/x-python');
  };
  return (
    <>
      <button type="button" className="button" disabled={!dataset} onClick={() => void save()}>
        {text.pytorch}
      </button>
      <p className={styles.faint}>
        {text.pytorchHelp} {weights && text.pytorchWeights(weights.name)}
      </p>
    </>
  );
}

function LoadWeights() {
  const weights = useSession((state) => state.weights);
  const { loadWeights, dropWeights } = useActions();
  return (
    <>
      {weights && (
        <>
          <p>{text.loaded(weights.name)}</p>
          <button type="button" className="button" onClick={dropWeights}>
            {text.drop}
          </button>
        </>
      )}
      <label className={styles.drop}>
        <span className="button">{text.load}</span>
        <input
          type="file"
          accept=".safetensors"
          className="visually-hidden"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) loadWeights(file);
            target.value = '';
          }}
        />
        <span className={styles.faint}>{text.help}</span>
      </label>
    </>
  );
}
