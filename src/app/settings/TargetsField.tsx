import { SettingField } from '../controls/SettingField.tsx';
import { useSession } from '../store/context.tsx';
import { settingsText as text } from '../text/settings.ts';
import styles from './panels.module.css';

/** What the first partition learns, and what that comes to at its cut. */
export function TargetsField() {
  const automatic = useSession((state) => state.experiment.targets === 'auto');
  const cut = useSession((state) => state.plan?.cuts[0]);
  return (
    <>
      <SettingField name="targets" />
      {automatic && cut && (
        <p className={styles.faint}>
          {cut.targets === 'features' ? text.featuresHere : text.labelsHere(cut.after)}
        </p>
      )}
    </>
  );
}
