import { STRATEGIES } from '../../experiment/strategies.ts';
import { CODES } from '../../labels/codes.ts';
import { OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { SettingField } from '../controls/SettingField.tsx';
import { Counts } from '../stage/Counts.tsx';
import { useSession } from '../store/context.tsx';
import { CodesField } from './CodesField.tsx';
import { EngineField } from './EngineField.tsx';
import { LayersField } from './LayersField.tsx';
import { TargetsField } from './TargetsField.tsx';
import { StrategiesField } from './StrategiesField.tsx';
import { SeedField } from './SeedField.tsx';

/** Which strategies take part, and what is only theirs. */
export function StrategyFields() {
  const { strategies } = useSession((state) => state.experiment);
  return (
    <>
      <StrategiesField />
      {[...new Set(strategies.flatMap((id) => STRATEGIES[id].settings))].map((name) => (
        <SettingField key={name} name={name} />
      ))}
    </>
  );
}

export function LayerFields() {
  return (
    <>
      <Counts />
      <LayersField />
      <SettingField name="activation" />
    </>
  );
}

export function TrainingFields() {
  const { optimizer } = useSession((state) => state.experiment);
  return (
    <>
      <SettingField name="optimizer" />
      <SettingField name="learningRate" />
      {OPTIMIZERS[optimizer].decays && <SettingField name="decay" />}
      <SettingField name="schedule" />
      <SettingField name="batch" />
      <SettingField name="epochs" />
      <SettingField name="balance" />
    </>
  );
}

export function LabelFields() {
  const { code, carry } = useSession((state) => state.experiment);
  return (
    <>
      <CodesField />
      {[...new Set(code.flatMap((id) => CODES[id].settings))].map((name) => (
        <SettingField key={name} name={name} />
      ))}
      <TargetsField />
      <SettingField name="copy" />
      <SettingField name="carry" />
      {carry > 0 && <SettingField name="swap" />}
      <SettingField name="boundary" />
      <SettingField name="labelInitScale" />
      <SettingField name="mix" />
      <SettingField name="noise" />
      <SettingField name="labelSteps" />
      <SettingField name="reduction" />
      <SettingField name="hybrid" />
      <SettingField name="recovery" />
      <SettingField name="recoveryLearningRate" />
    </>
  );
}

/** What is seldom touched. */
export function MoreFields() {
  return (
    <>
      <EngineField />
      <SettingField name="threads" />
      <SettingField name="turn" />
      <SettingField name="test" />
      <SeedField />
      <SettingField name="initScale" />
    </>
  );
}
