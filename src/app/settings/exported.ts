/** What the Python file is made from: the run in hand or the recording that is shown, else the settings. */
import { decode } from '../../experiment/link.ts';
import { shapeOf } from '../../session/derive.ts';
import type { SessionState } from '../../session/state.ts';

type Shown = Pick<SessionState, 'experiment' | 'run' | 'recording' | 'dataset' | 'weights'>;

/** What no settings hold: the file of weights it begins with, and rates set on the way, which the file leaves out. */
export function besideSettings({ run, recording, weights }: Shown) {
  const begun = run ?? recording;
  return {
    weights: (begun ? begun.weights : weights?.name) ?? undefined,
    learningRateChanges: begun?.learningRateChanges ?? [],
  };
}

/** The experiment, and the sizes of its data: where they are not there, of the official files. */
export function exported({ experiment: settings, run, dataset }: Shown) {
  const experiment = run ? decode(run.fragment).experiment : settings;
  return { experiment, shape: shapeOf(experiment, dataset) };
}
