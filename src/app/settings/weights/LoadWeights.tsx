import { useActions, useSession } from '../../store/context.tsx';
import { weightsText as text } from '../../text/weights.ts';
import styles from '../panels.module.css';
import { LayerOrder } from './LayerOrder.tsx';

/** Weights in, to begin with: which file, in which order, and where. */
export function LoadWeights() {
  const weights = useSession((state) => state.weights);
  const layers = useSession((state) => state.plan?.network.length);
  const { loadWeights, arrangeWeights, dropWeights } = useActions();
  return (
    <>
      {weights && (
        <>
          <p title={weights.name}>{text.loaded(weights.name)}</p>
          {weights.remarks.length > 0 && <p className={styles.faint}>{weights.remarks.join(' ')}</p>}
          {weights.places.length > 1 && (
            <label className={styles.pick}>
              {text.place}
              <select
                value={weights.given.firstLayer}
                onChange={({ target }) => arrangeWeights({ firstLayer: Number(target.value) })}
              >
                {weights.places.map((place) => (
                  <option key={place.firstLayer} value={place.firstLayer}>
                    {place.layers.length === layers
                      ? text.whole
                      : text.layers(place.firstLayer + 1, place.firstLayer + place.layers.length)}
                  </option>
                ))}
              </select>
            </label>
          )}
          <LayerOrder weights={weights} onChange={(order) => arrangeWeights({ order })} />
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
