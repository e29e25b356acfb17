/** Every text of the page in one place, by area. A translation is another object of this type. */
import { analysisText } from '../../analysis/words.ts';
import { dataFaults, dataRemarks } from '../../data/words.ts';
import { devicesText } from '../../devices/words.ts';
import { engineFaults, enginesText } from '../../engines/words.ts';
import { experimentText } from '../../experiment/words.ts';
import { exportText } from '../../export/words.ts';
import { labelsText } from '../../labels/words.ts';
import { messagesText } from '../../messages/words.ts';
import { sessionText } from '../../session/words.ts';
import { studyText } from '../../session/study/words.ts';
import { aboutText } from './about.ts';
import { chartsText } from './charts.ts';
import { costsText } from './costs.ts';
import { dataText } from './data.ts';
import { dropText } from './drop.ts';
import { insideText } from './inside.ts';
import { lanesText } from './lanes.ts';
import { networkText } from './network.ts';
import { presentText } from './present.ts';
import { runsText, tradeOffsText } from './runs.ts';
import { screenText } from './screen.ts';
import { settingsText } from './settings.ts';
import { shareText } from './share.ts';
import { shellText } from './shell.ts';
import { sweepText } from './sweep.ts';
import { tourText } from './tour.ts';
import { tryText } from './try.ts';
import { weightsText } from './weights.ts';

export const en = {
  // What the layers below the page say, from bad links and files to lost devices.
  experiment: experimentText,
  labels: labelsText,
  dataFaults,
  dataRemarks,
  engines: enginesText,
  engineFaults,
  devices: devicesText,
  messages: messagesText,
  analysis: analysisText,
  export: exportText,
  session: sessionText,
  study: studyText,

  // The page itself.
  shell: shellText,
  screen: screenText,
  data: dataText,
  settings: settingsText,
  network: networkText,
  charts: chartsText,
  costs: costsText,
  lanes: lanesText,
  drop: dropText,
  present: presentText,
  runs: runsText,
  tradeOffs: tradeOffsText,
  sweep: sweepText,
  share: shareText,
  inside: insideText,
  tour: tourText,
  try: tryText,
  weights: weightsText,
  about: aboutText,
} as const;
export type Texts = typeof en;
