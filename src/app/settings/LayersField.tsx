import { LIMITS } from '../../experiment/limits.ts';
import { FIELDS } from '../../experiment/table.ts';
import { experimentText } from '../../experiment/words.ts';
import { LayerStepper } from '../controls/LayerStepper.tsx';
import { NumberInput } from '../controls/NumberInput.tsx';
import { useActions, useSession } from '../store/context.tsx';
import { settingsText as text } from '../text/settings.ts';
import styles from './panels.module.css';

const WIDTH = {
  ...FIELDS.layers,
  help: '',
  get expected() {
    return experimentText.expectedNumber(experimentText.range(1, LIMITS.width, true));
  },
};

/** How many hidden layers, and how wide each is. */
export function LayersField() {
  const layers = useSession((state) => state.experiment.layers);
  const { change } = useActions();
  const same = layers.every((width) => width === layers[0]);
  return (
    <>
      <div className={styles.count}>
        <span>{text.hiddenLayers}</span>
        <LayerStepper>{layers.length}</LayerStepper>
      </div>
      <NumberInput
        label={text.allWidths}
        field={WIDTH}
        value={same ? layers[0] : null}
        placeholder={text.mixed}
        onChange={(width) => change({ layers: layers.map(() => width) })}
      />
      <div className={styles.widths}>
        {layers.map((width, index) => (
          <NumberInput
            key={index}
            label={text.width(index + 1)}
            field={WIDTH}
            value={width}
            onChange={(next) =>
              change({ layers: layers.map((old, other) => (other === index ? next : old)) })
            }
          />
        ))}
      </div>
    </>
  );
}
