import { FIELDS } from '../../experiment/table.ts';
import { NumberInput } from '../controls/NumberInput.tsx';
import { useActions, useSession } from '../session/context.tsx';
import { settingsText as text } from '../text/settings.ts';
import styles from './panels.module.css';

/** How large label entries are: each code's own size, one for all cuts, or one per cut; and the way back. */
export function ScaleField() {
  const scale = useSession((state) => state.experiment.scale);
  const cuts = useSession((state) => state.experiment.cuts);
  const plan = useSession((state) => state.plan);
  const { change } = useActions();
  const automatic = scale.length === 0;
  // What is in force at a cut, whether it was chosen or is the code's own.
  const at = (index: number) => plan?.cuts[index]?.scale ?? scale[index] ?? scale[0] ?? 1;
  const several =
    cuts.length > 1 && (scale.length > 1 || (automatic && cuts.some((_, i) => at(i) !== at(0))));
  return (
    <div className={styles.scales}>
      {several ? (
        cuts.map((_, index) => (
          <NumberInput
            key={index}
            label={text.scaleAt(index + 1)}
            field={index === 0 ? FIELDS.scale : { ...FIELDS.scale, help: '' }}
            value={at(index)}
            onChange={(one) =>
              change({ scale: cuts.map((_cut, other) => (other === index ? one : at(other))) })
            }
          />
        ))
      ) : (
        <NumberInput
          label={text.scale}
          field={FIELDS.scale}
          value={at(0)}
          onChange={(one) => change({ scale: [one] })}
        />
      )}
      {cuts.length > 0 &&
        (automatic ? (
          <p className={styles.faint}>{text.scaleIsOwn}</p>
        ) : (
          <button type="button" className="link" onClick={() => change({ scale: [] })}>
            {text.setTo(text.scale, text.automatic)}
          </button>
        ))}
    </div>
  );
}
