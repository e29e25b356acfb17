/** `npm run lab`: an experiment from a terminal. `-- --help` says more; `src/lab` does the work. */
import { describe } from '../src/experiment/describe.ts';
import { tryFile, writeWhole } from '../src/lab/files.ts';
import { exportPytorch } from '../src/lab/export-pytorch.ts';
import { gridOf, remarksOn } from '../src/session/study/grid.ts';
import { nameOf } from '../src/session/study/run-grid.ts';
import { csvOfLab, jsonOf, runLab, type Lab, type LabProgress } from '../src/lab/lab.ts';
import { dataRemarks } from '../src/data/words.ts';
import { DataError } from '../src/data/errors.ts';
import { say as sayIn, type Said } from '../src/messages/worded.ts';
import { HELP, readOptions } from '../src/lab/options.ts';
import { tableOf } from '../src/lab/table.ts';
import { labText as text } from '../src/lab/words.ts';
import { ensureData } from './data/ensure.ts';
import { ensureKernels } from './kernels.ts';

const say = (text: string) => process.stderr.write(`${text}\n`);

/** One line that is written over on a terminal, and a line per finished run elsewhere. */
function progressLine() {
  const started = Date.now();
  let shown = -1;
  return ({ run, runs, share, job }: LabProgress) => {
    const done = (run + share) / runs;
    const left = done > 0.01 ? ((Date.now() - started) / 1000) * (1 / done - 1) : NaN;
    const time = Number.isFinite(left) ? `, about ${Math.ceil(left)} s left` : '';
    const line = `Run ${Math.min(run + 1, runs)} of ${runs}, ${Math.floor(100 * done)}%${time}: ${nameOf(job)}`;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
    else if (run !== shown) say(line);
    shown = run;
  };
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return console.log(HELP);
  for (const one of remarksOn(options.link)) say(one);
  if (options.exportPytorch) {
    await exportPytorch(options, options.exportPytorch);
    say(`Written: ${options.exportPytorch}. It says how to start it.`);
    return;
  }
  const controller = new AbortController();
  process.once('SIGINT', () => {
    const kept = options.out
      ? ` Finished runs are in ${options.out}; the same command goes on from there.`
      : '';
    controller.abort(new Error(`Stopped.${kept}`));
  });
  if (options.csv) await tryFile(options.csv);
  await ensureKernels(say);
  const cells = gridOf(options.link, options.sweeps);
  await ensureData(
    cells.map(({ experiment }) => experiment.data),
    options.data,
    say,
  );
  const lab = await runLab(options, controller.signal, progressLine(), (line) => say(`\n${line}`));
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  // Beside the results, so that neither a table nor JSON lacks what is to be known of their data.
  for (const one of dataRemarksOf(lab)) say(one);
  // Shown first: a file that cannot be written takes no numbers with it.
  if (options.json) console.log(JSON.stringify(jsonOf(lab), null, 2));
  else show(lab);
  if (options.csv) await writeWhole(options.csv, csvOfLab(lab));
  // What there is has been shown, and yet it is not what was asked for.
  if (lab.failed) throw new Error(lab.failed);
}

const optionFor = ({ sentence }: Said): string =>
  text.saidByOptions[sentence] === undefined ? '' : ` ${text.saidByOptions[sentence]}`;

/** Once each, of all sets that a study ran on. */
const dataRemarksOf = ({ results }: Lab): string[] => [
  ...new Set(
    results.flatMap(({ dataset }) =>
      dataset.remarks.map((one) => `${sayIn(dataRemarks, one)}${optionFor(one)}`),
    ),
  ),
];

function show(lab: Lab): void {
  const [{ cell }] = lab.results;
  const all = (of: (result: Lab['results'][number]) => string) =>
    [...new Set(lab.results.map(of))].join(', ');
  console.log(
    `${describe(cell.experiment, lab.dataset)}\n${all(({ dataset }) => dataset.name)}; ${all(({ engine }) => engine)}\n`,
  );
  console.log(tableOf(lab.results));
  const { weights } = lab.results[0];
  if (weights) console.log(text.begunWith(weights.file));
}

try {
  await main();
  // Worker threads that were ended may still be on their way out.
  process.exit(0);
} catch (error) {
  const option = error instanceof DataError ? optionFor(error.said) : '';
  say(`\n${error instanceof Error ? error.message : String(error)}${option}`);
  process.exit(1);
}
