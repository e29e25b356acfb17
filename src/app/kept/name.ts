import type { Experiment } from '../../experiment/experiment.ts';
import { DEFAULTS, FIELD_NAMES, fieldOf, write } from '../../experiment/table.ts';

/** What sets an experiment apart from the defaults, as its link says it: a run's first name. */
export function nameOf(experiment: Experiment): string {
  const parts = FIELD_NAMES.flatMap((field) => {
    const text = write(field, experiment[field]);
    return field === 'data' || text === write(field, DEFAULTS[field])
      ? []
      : [`${fieldOf(field).key} ${text}`];
  });
  return [experiment.data, ...parts].join(', ');
}
