/** Every text of the page in one place, by area. A translation is another object of this type. */
import { sessionText } from '../../session/words.ts';
import { chartsText } from './charts.ts';
import { costsText } from './costs.ts';
import { dataText } from './data.ts';
import { insideText } from './inside.ts';
import { lanesText } from './lanes.ts';
import { networkText } from './network.ts';
import { runsText } from './runs.ts';
import { settingsText } from './settings.ts';
import { shareText } from './share.ts';
import { shellText } from './shell.ts';
import { tourText } from './tour.ts';
import { tryText } from './try.ts';
import { weightsText } from './weights.ts';

export const en = {
  session: sessionText,
  shell: shellText,
  data: dataText,
  settings: settingsText,
  network: networkText,
  charts: chartsText,
  costs: costsText,
  lanes: lanesText,
  runs: runsText,
  share: shareText,
  inside: insideText,
  tour: tourText,
  try: tryText,
  weights: weightsText,
} as const;
export type Texts = typeof en;
