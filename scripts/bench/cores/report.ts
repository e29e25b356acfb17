/** What all the cores are worth, in words and tables. */
import type { KeptRow } from '../history.ts';
import { nameOfRow, placeOf } from '../names.ts';
import type { Results, Row } from '../results.ts';
import type { Spread } from '../rounds.ts';
import { busyNote, contenderTable, cpuTable, figure, table } from '../tables.ts';
import { modelledSpeedUp, type Barrier } from './model.ts';
import type { StudyTimes } from './study.ts';
import type { StepParts } from './step-parts.ts';

/** A step at one width on one thread. */
export interface ModelledWidth extends StepParts {
  readonly width: number;
}

/** `Results` of all contenders that use the processor, and what more cores would be worth. */
export interface CoresResults extends Results {
  /** Null on one core, where there is none to measure. */
  readonly barrier: Barrier | null;
  /** Null on one core, or without data. */
  readonly study: StudyTimes | null;
  readonly widths: readonly ModelledWidth[];
}

/** What a barrier costs, to be kept. */
export const barrierRows = ({ barrier }: CoresResults): KeptRow[] =>
  barrier
    ? [
        {
          what: `a barrier, ${barrier.threads} threads`,
          unit: 'µs',
          median: barrier.microseconds,
          min: barrier.microseconds,
          max: barrier.microseconds,
        },
      ]
    : [];

/** How many cores are modelled. */
const MODELLED = [4, 8, 16];

/** What the tables come to, a line each. */
function ratios(rows: readonly Row[]): string[] {
  const rate = ({ stepsPerSecond }: Row) => stepsPerSecond.median;
  const ours = rows.filter(({ library, as }) => library === 'piecewise' && as === undefined);
  return ours
    .filter(({ ratioToOurs }) => ratioToOurs === 1)
    .flatMap((row) => {
      const beside = rows.filter((other) => other !== row && placeOf(other) === placeOf(row));
      const one = ours.find((other) => beside.includes(other));
      const before = beside.filter(({ library, as }) => library === 'piecewise' && as !== undefined);
      const inNode = ours.find(
        ({ runtime, network, ratioToOurs }) =>
          runtime === 'node' && network === row.network && ratioToOurs === 1,
      );
      const native = beside.filter(
        ({ library, threads }) => library === 'pytorch' && threads === row.threads,
      );
      return [
        ...(one ? [`${row.threads} threads are ${figure(rate(row) / rate(one))}× one`] : []),
        ...before.map((other) => `${figure(rate(row) / rate(other))}× ${other.as}`),
        ...(inNode && inNode !== row
          ? [`${figure(rate(row) / rate(inNode))}× as fast as in Node, in the same rounds`]
          : []),
        ...native.map((other) => `${Math.round((100 * rate(row)) / rate(other))}% of ${nameOfRow(other)}`),
      ].map((line) => `- ${placeOf(row)}: ${line}.`);
    });
}

function studyTable({ runs, cores, alone, threaded, sideBySide }: StudyTimes): string {
  const line = (way: string, { median, min, max }: Spread) => [
    way,
    `${figure(median)} s (${figure(min)}–${figure(max)})`,
    figure(median / alone.median),
  ];
  return [
    `${runs} runs of \`npm run lab\` on MNIST, conventional training of 784-256×3-10 over three epochs, from start to end: starting, a second or two, is done once.`,
    '',
    table(
      ['its runs', 'time, median (min–max)', 'of the first'],
      [
        line('one after another, 1 thread (`--jobs 1`, `threads=1`)', alone),
        line(`one after another, ${cores} threads (\`--jobs 1\`, \`threads=${cores}\`)`, threaded),
        line(`side by side, 1 thread each (\`--jobs ${cores}\`, \`threads=1\`)`, sideBySide),
      ],
    ),
  ].join('\n');
}

function modelTable(barrier: Barrier, widths: readonly ModelledWidth[]): string {
  return table(
    [
      'width',
      'a step on one thread',
      'can be divided',
      'barriers a step',
      ...MODELLED.map((cores) => `${cores} cores, modelled`),
    ],
    widths.map((parts) => [
      String(parts.width),
      `${figure(parts.milliseconds)} ms`,
      `${(100 * parts.divided).toFixed(1)}%`,
      figure(parts.barriers),
      ...MODELLED.map((cores) => `${figure(modelledSpeedUp(parts, barrier, cores))}×`),
    ]),
  );
}

export function coresReport(results: CoresResults): string {
  const { machine, rows, cpu, barrier, study, widths, absent } = results;
  const peak = cpu.at(-1)?.speeds.peak;
  const sections = [
    '## All the cores',
    `${machine.processor}, ${machine.cores} cores, Node ${machine.node}, ${machine.browser}, on ${machine.date}; ` +
      '`npm run bench -- cores --write`. All contenders take turns in the same interleaved rounds, in the browser (an isolated ' +
      'page) and in Node alike. Ours is compared in the same runtime, PyTorch with ours in Node.',
    busyNote(results.busy),
  ];
  for (const place of new Set(rows.map(placeOf)))
    sections.push(
      `### ${place}`,
      contenderTable(
        rows.filter((row) => placeOf(row) === place),
        peak,
      ),
    );
  sections.push(ratios(rows).join('\n'));
  if (study) sections.push('### A study', studyTable(study));
  if (cpu.length > 0) sections.push('### Products', cpuTable(cpu));
  if (barrier) {
    sections.push(
      '### More cores',
      `A barrier on ${barrier.threads} threads costs ${figure(barrier.microseconds)} µs. From it, and from what of a step threads can ` +
        'divide among them, the speed-up that more cores would give: modelled, not measured; each further thread makes a ' +
        'barrier dearer by as much, and memory is as wide as one thread finds it. Networks of 784, five times the width, 47; batch 128.',
      modelTable(barrier, widths),
    );
  }
  if (absent.length > 0)
    sections.push(
      'Did not run here:',
      absent.map(({ why, ...row }) => `- ${nameOfRow(row)} (${row.runtime}): ${why}`).join('\n'),
    );
  return sections.filter(Boolean).join('\n\n');
}
