import { useEffect, useState } from 'react';
import type { EngineId } from '../../experiment/engines.ts';
import { useSession } from '../store/context.tsx';
import { machineSpeed } from './speed.ts';

/** Engines that the trial says something about. */
const TRIED: readonly EngineId[] = ['cpu'];

/** Once a visit, whoever asks. */
let trial: Promise<number | null> | null = null;

/**
 * Floating-point operations per second by short trials of this machine, see `machineSpeed`; null where they say nothing, and
 * where another engine than the CPU's trains.
 */
export function useMachineSpeed(): number | 'trying' | null {
  const onCpu = useSession(({ engine }) => engine.chosen?.every((id) => TRIED.includes(id)) ?? false);
  const [speed, setSpeed] = useState<number | 'trying' | null>('trying');
  useEffect(() => {
    let here = true;
    // The first trial waits until the page is drawn, and each holds it up for less than a frame.
    trial ??= machineSpeed(() => localStorage);
    void trial.then((found) => here && setSpeed(found));
    return () => void (here = false);
  }, []);
  return onCpu ? speed : null;
}
