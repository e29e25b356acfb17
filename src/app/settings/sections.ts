/** In which section of the settings a field stands. */
import type { FieldName } from '../../experiment/experiment.ts';
import { fieldOf } from '../../experiment/table.ts';
import type { Section } from '../shell/panes.ts';

const BY_KIND = {
  data: 'data',
  network: 'layers',
  training: 'training',
  labels: 'labels',
  run: 'more',
} as const satisfies Record<ReturnType<typeof fieldOf>['section'], Section>;

/** What stands apart from its kind: with what it belongs to, or out of the way. */
const ELSEWHERE: Partial<Record<FieldName, Section>> = {
  strategies: 'strategies',
  devices: 'strategies',
  microBatches: 'strategies',
  pipeline: 'strategies',
  lag: 'strategies',
  seed: 'more',
  initScale: 'more',
};

export const sectionOf = (name: FieldName): Section => ELSEWHERE[name] ?? BY_KIND[fieldOf(name).section];
