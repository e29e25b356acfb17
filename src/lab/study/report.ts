/** Studies as a page of Markdown: what was asked, what was run, what came of it, and where the claim holds. */
import { STRATEGIES, STRATEGY_IDS, type StrategyId } from '../../experiment/strategies.ts';
import { mean } from '../../network/sums.ts';
import { accuraciesOf, finalOf, measureRow, tieWithin, type Measured } from './measure.ts';
import { fullestPeak, trainingPeak } from '../../session/peaks.ts';
import type { RowResult, StudyResult } from './run-study.ts';

export interface ReportOptions {
  /** How the data is called in every heading, e.g. "EMNIST Balanced (sample)". */
  readonly dataName: string;
  /** Its full name: studies of other data say theirs. */
  readonly dataset: string;
  /** How many training and test images, in words. */
  readonly dataFacts: string;
  readonly machine: string;
  readonly date: string;
  /** The command that repeats it. */
  readonly command: string;
  readonly seeds: number;
  /** Address of a playground that rows link to; empty: the row's link is to be appended to one's own copy's address. */
  readonly playground: string;
  /** File name of a study's chart, relative to the page; null where it has none. */
  readonly chart: (study: string) => string | null;
}

export function report(studies: readonly StudyResult[], options: ReportOptions): string {
  const { dataName, dataFacts, machine, date, command, seeds } = options;
  return [
    `# Results on ${dataName}`,
    '',
    `Written by \`${command}\` on ${date}. ${dataFacts} ${machine}. Every number below is a run's: accuracies are of all`,
    `test images after the last epoch, means of ${seeds} seeds with half the range between the least and the most; memory`,
    'is the high-water mark of every allocation but the images; messages are counted where they are sent. Unless a row',
    'says otherwise: 784-512×5, Adam with rate 0.001 and cosine decay, batch 128, 8 epochs. Conventional training has the',
    'same seed, batches, schedule and epochs, recovery epochs included. Times are not compared here: see',
    '[benchmarks](benchmarks.md). A row’s link opens it in the playground: append it to the address of any copy.',
    '',
    ...work(studies, options),
    ...verdicts(studies, options),
    ...studies.flatMap((study) => section(study, options)),
  ].join('\n');
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
const points = (difference: number) =>
  `${difference < 0 ? '−' : '+'}${Math.abs(100 * difference).toFixed(1)}`;
const spread = (values: readonly number[]) =>
  values.length === 1
    ? percent(values[0])
    : `${percent(mean(values))} ± ${(50 * (Math.max(...values) - Math.min(...values))).toFixed(1)}`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;

const WORDS: Readonly<Record<Measured['verdict'], string>> = {
  ties: 'ties',
  loses: '**loses**',
  wins: 'wins',
};

/** Two accuracies that are as good as one, as a share of 1. */
const SAME = 0.005;

/** What parts reach alone, where a study asks: before any claim, since it says what the claim is about. */
function work(studies: readonly StudyResult[], { dataName }: ReportOptions): string[] {
  const asked = studies.filter(({ study }) => study.controls);
  if (asked.length === 0) return [];
  const lines = asked.flatMap(({ study, rows }) => [
    // Rows of several studies may have the same name.
    ...(asked.length > 1 ? ['', `${study.title}:`, ''] : []),
    ...rows.map((row) => {
      const { conventional, sil, first, difference, verdict } = measureRow(row);
      const alone = {
        'its first part alone': first,
        'the layers behind the first cut alone': accuraciesOf(row, 'frozen'),
      };
      const joined = mean(sil);
      const same = Object.entries(alone)
        .filter(([, accuracies]) => accuracies && Math.abs(mean(accuracies) - joined) <= SAME)
        .map(([name]) => name);
      const best = Object.entries(alone).find(([, accuracies]) => accuracies && mean(accuracies) > joined);
      const judged =
        same.length > 0
          ? `As good as ${same.join(' and as ')}.`
          : best
            ? `Less than ${best[0]} (${percent(mean(best[1]!))}): something is lost at a cut.`
            : row.untold
              ? 'Better than its first part and than a front that stays random; what the last part does by itself, no control here tells.'
              : 'Better than what a part reaches alone.';
      const twin = accuraciesOf(row, 'twin');
      return (
        `- **${row.row.name}**: ${percent(joined)}, ${points(difference)} points against conventional training (${percent(mean(conventional))}): ${WORDS[verdict]}. ` +
        judged +
        (twin ? ` Conventional training from the same features: ${percent(mean(twin))}.` : '')
      );
    }),
  ]);
  return [
    `## What is learned, and by whom, on ${dataName}`,
    '',
    'Nothing is sent while training in any of these rows. Beside each stands the control that says which part does the',
    'work; what is within half a point counts as equal.',
    '',
    ...lines,
    '',
  ];
}

/** Plainly: where SIL is as good for less, and where not. */
function verdicts(studies: readonly StudyResult[], { dataName }: ReportOptions): string[] {
  const rows = studies
    .filter(({ study }) => study.kind === 'accuracy')
    .flatMap(({ study, rows: all }) => all.map((row) => ({ study, row, measured: measureRow(row) })));
  const plain = rows.filter(({ study }) => ['cuts', 'partitions'].includes(study.id));
  const list = (verdict: (measured: Measured) => boolean) =>
    plain
      .filter(({ measured }) => verdict(measured))
      .map(({ row, measured }) => `  - ${row.row.name}: ${points(measured.difference)} points`);
  const holds = list(({ verdict }) => verdict !== 'loses');
  const fails = list(({ verdict }) => verdict === 'loses');
  const messages = rows.reduce((sum, { measured }) => sum + measured.messages, 0);
  const cheaper = rows.filter(({ measured }) => measured.compute !== null && measured.compute < 1);
  const memory = plain.map(({ measured }) => measured.memory);
  if (plain.length === 0) return [];
  const { seeds } = plain[0].row;
  const accuracy = mean(seeds.map(({ conventional }) => finalOf(conventional!).accuracy));
  const { count } = finalOf(seeds[0].conventional!);
  return [
    `## Does the claim hold on ${dataName}?`,
    '',
    'The claim: about the accuracy of conventional training, for less memory and compute, without communication.',
    '',
    `- **No communication** ${messages === 0 ? 'holds everywhere' : 'does not hold'}: ${messages} messages while training, in all runs below together.`,
    `- **Less memory** on the fullest device holds by how evenly the cuts part the network: it needs ` +
      `${percent(Math.min(...memory))} to ${percent(Math.max(...memory))} of conventional training's.`,
    `- **Less compute** to ${percent(0.95)} of conventional training's best, all devices together, holds in ` +
      `${cheaper.length} of ${rows.length} rows.`,
    '- **Similar accuracy**, with plain Gaussian labels, holds here (a difference below ' +
      `${(100 * tieWithin(accuracy, count)).toFixed(1)} points, two standard errors on ${count.toLocaleString('en-US')} test images, is a tie):`,
    ...(holds.length > 0 ? holds : ['  - nowhere']),
    '- and **does not hold** here:',
    ...(fails.length > 0 ? fails : ['  - nowhere that was tried']),
    '',
  ];
}

function section({ study, rows, dataset }: StudyResult, options: ReportOptions): string[] {
  const chart = options.chart(study.id);
  return [
    `## ${study.title} (${dataset.name === options.dataset ? options.dataName : dataset.name})`,
    '',
    study.asks,
    '',
    ...(study.kind === 'accuracy' ? accuracyTable(rows, options) : costTable(rows, options)),
    ...(study.controls ? controlsTable(rows) : []),
    '',
    ...(chart
      ? [
          `![${study.title}: test accuracy over ${study.tradeOffs ? 'bytes sent, and over memory of the fullest device' : 'epochs'}](${chart})`,
          '',
          ...(study.tradeOffs && rows.length > 1
            ? [`Full dots: ${rows[0].row.name}. Hollow ones: the other rows.`, '']
            : []),
        ]
      : []),
  ];
}

/** What of a row stands alone: the first part, the layers behind a front that does not train, a conventional twin. */
function controlsTable(rows: readonly RowResult[]): string[] {
  const shown = (accuracies: readonly number[] | null) => (accuracies ? spread(accuracies) : '–');
  return [
    '',
    '| | SIL | first part alone | layers behind the first cut alone | conventional, same features |',
    '|---|---:|---:|---:|---:|',
    ...rows.map((row) => {
      const { sil, first } = measureRow(row);
      const own = [sil, first, accuraciesOf(row, 'frozen'), accuraciesOf(row, 'twin')];
      return ['', row.row.name, ...own.map(shown), ''].join(' | ').trim();
    }),
    '',
    'The layers behind the first cut train alone on a front that does not: random, or, behind a single layer, made of what',
    'stands at the cut and nobody learns, features or sums of the image. Where features stand there, the first part gives no',
    'answer of its own.',
  ];
}

const open = ({ fragment }: RowResult, { playground }: ReportOptions) =>
  playground ? `[open](${playground}#${fragment})` : `\`#${fragment}\``;

function accuracyTable(rows: readonly RowResult[], options: ReportOptions): string[] {
  return [
    '| | conventional | SIL | difference, points | | memory, fullest device | FLOPs to 95% | messages in training | link |',
    '|---|---:|---:|---:|---|---:|---:|---:|---|',
    ...rows.map((row) => {
      const measured = measureRow(row);
      const { conventional, sil, difference, verdict, memory, compute, messages } = measured;
      return [
        '',
        row.row.name,
        spread(conventional),
        spread(sil),
        points(difference),
        WORDS[verdict],
        percent(memory),
        compute === null ? 'not reached' : percent(compute),
        String(messages),
        open(row, options),
        '',
      ]
        .join(' | ')
        .trim();
    }),
    '',
    'Memory and FLOPs are shares of conventional training’s.',
  ];
}

function costTable(rows: readonly RowResult[], options: ReportOptions): string[] {
  return rows.flatMap((row) => {
    const ids = STRATEGY_IDS.filter((id) => row.seeds[0][id]);
    const of = (id: StrategyId) => row.seeds.map((seed) => seed[id]!);
    const rival = of('conventional')[0];
    return [
      ...(rows.length > 1 ? [`### ${row.row.name}`, ''] : []),
      '| | final accuracy | memory, fullest device | memory, all devices | FLOPs | bytes in training | messages |',
      '|---|---:|---:|---:|---:|---:|---:|',
      ...ids.map((id) => {
        const [strategy] = of(id);
        const sent = strategy.devices.map((device) => device.sent.training);
        const all = strategy.devices.reduce((sum, { memory }) => sum + trainingPeak(memory), 0);
        const flops = strategy.points.at(-1)!.flops / rival.points.at(-1)!.flops;
        return [
          '',
          STRATEGIES[id].label,
          spread(of(id).map((one) => finalOf(one).accuracy)),
          `${megabytes(fullestPeak(strategy))} (${percent(fullestPeak(strategy) / fullestPeak(rival))})`,
          megabytes(all),
          percent(flops),
          megabytes(sent.reduce((sum, one) => sum + one.bytes, 0)),
          sent.reduce((sum, one) => sum + one.messages, 0).toLocaleString('en-US'),
          '',
        ]
          .join(' | ')
          .trim();
      }),
      '',
      `${open(row, options)}. Shares are of conventional training’s.`,
      '',
    ];
  });
}
