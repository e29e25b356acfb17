/** Results as Markdown, for the terminal and for `docs/benchmarks.md`. */
import { nameOfRow } from './names.ts';
import type { Results, Row, ScalingRow, StrategyRow } from './results.ts';
import type { Spread } from './rounds.ts';
import type { CpuKernels } from './worker-methods.ts';

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** Three significant digits, never in exponential form. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toFixed(Math.min(digits, 4));
}

export const megabytes = (bytes: number): string =>
  Number.isFinite(bytes) ? `${figure(bytes / 1e6)} MB` : '–';

const spread = ({ median, min, max }: Spread): string => `${figure(median)} (${figure(min)}–${figure(max)})`;

/** @param peak Multiply-add peak of all cores in GFLOP/s, where it is known. */
export function contenderTable(rows: readonly Row[], peak: number | undefined): string {
  return table(
    [
      'engine',
      'steps/s, median (min–max)',
      'GFLOP/s',
      'of the peak of all cores',
      'peak memory',
      'ratio to ours',
      'ours is faster by',
    ],
    rows.map((row) => [
      nameOfRow(row),
      spread(row.stepsPerSecond),
      figure(row.gflops),
      row.threads === null || peak === undefined ? '–' : `${Math.round((100 * row.gflops) / peak)}%`,
      megabytes(row.peakBytes),
      row.ratioToOurs === null ? '–' : figure(row.ratioToOurs),
      row.ratioToOurs === null || row.ratioToOurs === 1
        ? '–'
        : `${figure(1 / row.ratioToOurs)}× (${row.comparedWith})`,
    ]),
  );
}

function scalingTable(rows: readonly ScalingRow[]): string {
  return table(
    ['change', 'engine', 'steps/s, median (min–max)', 'GFLOP/s', 'memory, largest device', 'memory, all'],
    rows.map((row) => [
      row.change,
      row.engine,
      spread(row.stepsPerSecond),
      figure(row.gflops),
      megabytes(row.peakBytesPerDevice),
      megabytes(row.peakBytesInAll),
    ]),
  );
}

function strategyTable(rows: readonly StrategyRow[]): string {
  return table(
    [
      'strategy',
      'engine',
      'devices',
      'steps/s, median (min–max)',
      'time, conventional = 1',
      'sending and waiting',
      'sent per step',
      'memory, fullest device',
    ],
    rows.map((row) => [
      row.strategy,
      row.engine,
      String(row.devices),
      spread(row.stepsPerSecond),
      `${figure(row.overhead)}×`,
      `${figure(100 * row.transferShare)}%`,
      megabytes(row.bytesPerStep),
      megabytes(row.peakBytesPerDevice),
    ]),
  );
}

const KERNELS: Readonly<Record<keyof CpuKernels['speeds'], string>> = {
  peak: 'multiply-add peak (registers only)',
  forward: 'X · W, bias, activation',
  inputGradient: "dY · Wᵀ, activation's derivative",
  weightGradient: 'Xᵀ · dY',
  weightGradientAdam: 'Xᵀ · dY, Adam',
};

export function cpuTable(measured: readonly CpuKernels[]): string {
  const [{ build, width, batch }] = measured;
  const rows = (Object.keys(KERNELS) as (keyof typeof KERNELS)[]).map((name) => [
    KERNELS[name],
    ...measured.flatMap(({ speeds }) => [
      figure(speeds[name]),
      `${Math.round((100 * speeds[name]) / speeds.peak)}%`,
    ]),
  ]);
  const head = measured.flatMap(({ threads }) => [
    `GFLOP/s, ${threads === 1 ? '1 thread' : `${threads} threads`}`,
    'of their peak',
  ]);
  return [
    `${build} SIMD, batch ${batch}, ${width} → ${width} units; the best of many short runs, taken in turn.`,
    '',
    table(['product', ...head], rows),
  ].join('\n');
}

/** Above this share of the machine, what else runs on it is worth a warning. */
const BUSY = 0.1;

/** A warning where the machine had other work, else nothing. */
export function busyNote(busy: number): string {
  return busy < BUSY
    ? ''
    : `**This machine was busy with something else:** up to ${Math.round(100 * busy)}% of its processors’ time before a ` +
        'measurement. Contenders on all cores suffer most from that.';
}

/** All sections that have rows. */
export function report(results: Results): string {
  const sections = [busyNote(results.busy)].filter(Boolean);
  const groups = new Map<string, Row[]>();
  for (const row of results.rows) {
    const place = row.runtime === 'browser' ? 'in the browser' : 'in Node (WebGPU from Dawn)';
    const title = `${row.network}, batch ${row.batch}, ${place}`;
    groups.set(title, [...(groups.get(title) ?? []), row]);
  }
  const peak = results.cpu.at(-1)?.speeds.peak;
  for (const [title, rows] of groups) sections.push(`## ${title}\n\n${contenderTable(rows, peak)}`);
  if (results.cpu.length > 0)
    sections.push(`## The CPU engine against the processor\n\n${cpuTable(results.cpu)}`);
  if (results.scaling.length > 0) sections.push(`## Scaling\n\n${scalingTable(results.scaling)}`);
  for (const of of new Set(results.strategies.map((row) => row.of))) {
    const rows = results.strategies.filter((row) => row.of === of);
    const { network, batch } = rows[0];
    sections.push(
      `## Strategies on ${of} devices, ${network}, batch ${batch}\n\n` +
        'All devices share this machine’s processor; on machines of their own only waiting and sending would remain.\n\n' +
        strategyTable(rows),
    );
  }
  if (results.absent.length > 0) {
    const lines = results.absent.map(
      ({ runtime, why, ...row }) => `- ${nameOfRow(row)} (${runtime}): ${why}`,
    );
    sections.push(`## Did not run here\n\n${lines.join('\n')}`);
  }
  return sections.join('\n\n');
}

/** The whole of `docs/benchmarks.md`. */
export function page(results: Results): string {
  const { machine } = results;
  const facts = [
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}`,
    `Node ${machine.node}`,
    ...(machine.browser ? [`${machine.browser}, WebGPU adapter: ${machine.browserAdapter}`] : []),
  ];
  return `# Benchmarks

Written by \`npm run bench -- --write\` on ${machine.date}${results.quick ? ' (quick run)' : ''}.

${facts.map((fact) => `- ${fact}`).join('\n')}

Every row trains the same network from the same weights on the same batches with Adam (rate 0.001) on softmax
cross-entropy, and all losses of the first batch are checked to agree. Contenders take turns in interleaved rounds,
each in a worker (or process) of its own. FLOPs count the matrix products only. Peak memory is what the library asked
the platform for: GPU buffers and WebAssembly memories alike, counted from outside (for TensorFlow.js webgl its
texture pool, for cpu its live tensors). "Ratio to ours" is a row's steps/s over those of the Piecewise engine on the
same hardware: webgpu for GPU interfaces, cpu, on all cores, for the rest. The page is isolated, so that every library
has the threads it wants; the peak of all cores is what multiply-adds on registers alone reach there. How each rival is written stands in
\`scripts/bench/contenders\`.

${report(results)}
`;
}
