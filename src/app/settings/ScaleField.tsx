import { FIELDS } from '../../experiment/table.ts';
import { CODES } from '../../labels/codes.ts';
import { NumberInput } from '../controls/NumberInput.tsx';
import { useActions, useSession } from '../store/context.tsx';
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
  /** The field's own help once, then what the number means in the code at that cut. */
  const field = (index: number) => {
    const meaning = plan?.cuts[index] ? CODES[plan.cuts[index].code].scaleMeans : '';
    return { ...FIELDS.scale, help: `${index === 0 ? FIELDS.scale.help : ''} ${meaning}`.trim() };
  };
  const several =
    cuts.length > 1 && (scale.length > 1 || (automatic && cuts.some((_, i) => at(i) !== at(0))));
  return (
    <div className={styles.scales}>
      {several ? (
        cuts.map((_, index) => (
          <NumberInput
            key={index}
            label={text.scaleAt(index + 1)}
            field={field(index)}
            value={at(index)}
            onChange={(one) =>
              change({ scale: cuts.map((_cut, other) => (other === index ? one : at(other))) })
            }
          />
        ))
      ) : (
        <NumberInput
          label={text.scale}
          field={field(0)}
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
