import { LIMITS } from '../../experiment/limits.ts';
import { FIELDS } from '../../experiment/table.ts';
import { NumberInput } from '../controls/NumberInput.tsx';
import { useActions, useSession } from '../session/context.tsx';
import { settingsText as text } from '../text/settings.ts';
import styles from './panels.module.css';

const WIDTH = {
  ...FIELDS.layers,
  help: '',
  expected: `a whole number from 1 to ${LIMITS.width}`,
};

/** How many hidden layers, and how wide each is. */
export function LayersField() {
  const layers = useSession((state) => state.experiment.layers);
  const { change } = useActions();
  const same = layers.every((width) => width === layers[0]);
  return (
    <>
      <div className={styles.stepper}>
        <span>{text.hiddenLayers}</span>
        <button
          type="button"
          className="button"
          aria-label={text.fewer}
          disabled={layers.length === 1}
          onClick={() => change({ layers: layers.slice(0, -1) })}
        >
          −
        </button>
        <output>{layers.length}</output>
        <button
          type="button"
          className="button"
          aria-label={text.more}
          disabled={layers.length === LIMITS.layers}
          onClick={() => change({ layers: [...layers, layers[layers.length - 1]] })}
        >
          +
        </button>
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
