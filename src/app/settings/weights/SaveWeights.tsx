import { useState } from 'react';
import { trainedBy } from '../../../experiment/plan.ts';
import { madeOfBlocks, STRATEGIES, type StrategyId } from '../../../experiment/strategies.ts';
import { pixelStatistics } from '../../../export/standardisation.ts';
import { download } from '../../download.ts';
import { useParameters, useSession } from '../../store/context.tsx';
import { useStrategies } from '../../store/strategies.ts';
import { weightsText as text } from '../../text/weights.ts';
import { layersModelFiles, weightsFile, weightsName } from '../../weights-file.ts';
import styles from '../panels.module.css';

const WHOLE = 'whole';

/** Trained weights out, as files others can read and know how to feed. */
export function SaveWeights() {
  const strategies = useStrategies();
  const plan = useSession((state) => state.plan);
  const run = useSession((state) => state.run);
  const dataset = useSession((state) => state.dataset);
  const parameters = useParameters();
  const [strategy, setStrategy] = useState<StrategyId | null>(null);
  const [part, setPart] = useState(WHOLE);
  const [included, setIncluded] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const started = Object.values(strategies).filter(({ step, status }) => step > 0 && status !== 'failed');
  const chosen = started.find(({ id }) => id === strategy) ?? started[0];
  if (!plan || !dataset || !run || !chosen) return <p className={styles.faint}>{text.none}</p>;
  const { id } = chosen;
  const { network } = trainedBy(id, plan);
  const partition = plan.partitions.find(({ rank }) => String(rank) === part);
  const firstLayer = partition?.firstLayer ?? 0;
  const count = partition?.layers.length ?? network.length;
  const takesPixels = firstLayer === 0;

  const save = async (format: 'safetensors' | 'tensorflow') => {
    try {
      const all = await parameters(id);
      if (!all) return;
      const trained = {
        run,
        strategy: id,
        network,
        parameters: all,
        data: dataset,
        part: { firstLayer, count },
        includeStandardisation: included,
      };
      const name = weightsName(id, partition?.rank);
      if (format === 'safetensors') {
        download(name, weightsFile(trained), 'application/octet-stream');
      } else {
        const weights = name.replace('.safetensors', '.weights.bin');
        const model = layersModelFiles(trained, weights);
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
        <select value={id} onChange={({ target }) => setStrategy(target.value as StrategyId)}>
          {started.map((one) => (
            <option key={one.id} value={one.id}>
              {STRATEGIES[one.id].label}
            </option>
          ))}
        </select>
      </label>
      {madeOfBlocks(id) ? (
        <p className={styles.faint}>{text.blocks}</p>
      ) : (
        <>
          {plan.partitions.length > 1 && (
            <label className={styles.pick}>
              {text.what}
              <select value={partition ? part : WHOLE} onChange={({ target }) => setPart(target.value)}>
                <option value={WHOLE}>{text.whole}</option>
                {plan.partitions.map(({ rank, firstLayer: first, layers }) => (
                  <option key={rank} value={String(rank)}>
                    {text.partition(rank, text.layers(first + 1, first + layers.length))}
                  </option>
                ))}
              </select>
            </label>
          )}
          {takesPixels && (
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={included}
                onChange={({ target }) => setIncluded(target.checked)}
              />
              {text.included}
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
          <p className={styles.faint}>
            {takesPixels
              ? text.takesPixels(dataset.side, included ? null : pixelStatistics(dataset))
              : text.takesLayer(firstLayer)}{' '}
            {firstLayer + count === network.length
              ? text.givesClasses(dataset.characters)
              : text.givesLayer(firstLayer + count)}
          </p>
        </>
      )}
      {problem && (
        <p className={styles.failed} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
