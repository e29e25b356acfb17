import type { ReactNode } from 'react';
import { STRATEGIES } from '../../experiment/strategies.ts';
import { CODES } from '../../labels/codes.ts';
import { OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { SettingField } from '../controls/SettingField.tsx';
import { useSession } from '../store/context.tsx';
import { settingsText as text } from '../text/settings.ts';
import { CodesField } from './CodesField.tsx';
import { EngineField } from './EngineField.tsx';
import { LayersField } from './LayersField.tsx';
import { StrategiesField } from './ModesField.tsx';
import styles from './panels.module.css';
import { PresetField } from './PresetField.tsx';
import { SeedField } from './SeedField.tsx';
import { WeightsPanel } from './WeightsPanel.tsx';

/** All settings of the experiment, by what they are about. */
export function SettingsPanel() {
  const { code, optimizer, strategies } = useSession((state) => state.experiment);
  return (
    <>
      <section className={styles.panel}>
        <PresetField />
      </section>
      <Group title={text.strategies} open>
        <StrategiesField />
        {[...new Set(strategies.flatMap((id) => STRATEGIES[id].settings))].map((name) => (
          <SettingField key={name} name={name} />
        ))}
        <EngineField />
      </Group>
      <Group title={text.network} open>
        <LayersField />
        <SettingField name="activation" />
      </Group>
      <Group title={text.training}>
        <SettingField name="optimizer" />
        <SettingField name="learningRate" />
        {OPTIMIZERS[optimizer].decays && <SettingField name="decay" />}
        <SettingField name="schedule" />
        <SettingField name="batch" />
        <SettingField name="epochs" />
        <SeedField />
        <SettingField name="initScale" />
        <SettingField name="turn" />
        <SettingField name="test" />
      </Group>
      <Group title={text.labels}>
        <CodesField />
        {[...new Set(code.flatMap((id) => CODES[id].settings))].map((name) => (
          <SettingField key={name} name={name} />
        ))}
        <SettingField name="boundary" />
        <SettingField name="labelInitScale" />
        <SettingField name="mix" />
        <SettingField name="noise" />
        <SettingField name="labelSteps" />
        <SettingField name="reduction" />
        <SettingField name="recovery" />
        <SettingField name="recoveryLearningRate" />
      </Group>
      <WeightsPanel />
    </>
  );
}

function Group({
  title,
  open = false,
  children,
}: {
  readonly title: string;
  readonly open?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <details className={styles.panel} open={open}>
      <summary>
        <h2>{title}</h2>
      </summary>
      <div className={styles.fields}>{children}</div>
    </details>
  );
}
