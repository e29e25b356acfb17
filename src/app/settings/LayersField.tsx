import { LIMITS } from '../../experiment/limits.ts';
import { FIELDS } from '../../experiment/table.ts';
import { experimentText } from '../../experiment/words.ts';
import { LayerStepper } from '../controls/LayerStepper.tsx';
import { NumberInput } from '../controls/NumberInput.tsx';
import { useActions, useSession } from '../store/context.tsx';
import { settingsText as text } from '../text/settings.ts';
import { isNormalised, withNormalisation } from './normalise.ts';
import styles from './panels.module.css';

const WIDTH = {
  ...FIELDS.layers,
  help: '',
  get expected() {
    return experimentText.expectedNumber(experimentText.range(1, LIMITS.width, true));
  },
};

/** How many hidden layers, how wide each is, and behind which stands a normalisation. */
export function LayersField() {
  const layers = useSession((state) => state.experiment.layers);
  const cuts = useSession((state) => state.experiment.cuts);
  const { change } = useActions();
  const widths = layers.filter((layer) => layer !== 'ln');
  const same = widths.every((width) => width === widths[0]);
  return (
    <>
      <div className={styles.count}>
        <span>{text.hiddenLayers}</span>
        <LayerStepper>{layers.length}</LayerStepper>
      </div>
      <NumberInput
        label={text.allWidths}
        field={WIDTH}
        value={same ? widths[0] : null}
        placeholder={text.mixed}
        onChange={(width) => change({ layers: layers.map((layer) => (layer === 'ln' ? layer : width)) })}
      />
      <div className={styles.widths}>
        {layers.map((width, index) => {
          if (width === 'ln') return null;
          const normalised = isNormalised({ layers }, index);
          return (
            <div key={index}>
              <NumberInput
                label={text.width(index + 1)}
                field={WIDTH}
                value={width}
                onChange={(next) => change({ layers: layers.with(index, next) })}
              />
              <label className={styles.normalise}>
                <input
                  type="checkbox"
                  aria-label={text.normaliseAfter(index + 1)}
                  checked={normalised}
                  disabled={!normalised && layers.length >= LIMITS.layers}
                  onChange={() => change(withNormalisation({ layers, cuts }, index))}
                />
                {text.normalise}
              </label>
            </div>
          );
        })}
      </div>
    </>
  );
}
