import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { countedBy, rightOf, start, TRAIN, Workplace } from './testing.ts';

const LINK = 'layers=16,12,16&cuts=1,2&epochs=2&micro=3';

const place = new Workplace();
const file = place.exportedFirst(LINK);

/** The last line of what it said to people. */
const lastLine = (err: string) => err.trimEnd().split('\n').at(-1);

describe('an exported file refuses, before anything waits,', () => {
  it.each([
    [
      ['--strategy', 'conventional', '--processes', '2'],
      /one device needs 1 process, but found 2.*--strategy data/,
    ],
    [['--processes', '2'], /3 partitions need 3 processes, but found 2: --processes 3, or torchrun/],
    [[], /3 partitions need 3 processes, but found 1/],
    [['--strategy', 'pipeline', '--processes', '4'], /3 stages need 3 processes, but found 4/],
    [['--part', '4'], /--part takes 1 to 3, but found 4/],
    [['--part', '1', '--processes', '3'], /single partitions need 1 process, but found 3/],
    [['--part', '1', '--strategy', 'data'], /train alone: --strategy sil/],
    [['--part', '1', '--save', 'x.safetensors'], /--save and --join come afterwards/],
    [['--processes', '3', '--data', 'nowhere'], /There is no .*gz in nowhere.*--data DIR/],
    [['--join', '--parts', 'nowhere'], /There is no file nowhere.partition-1/],
    [['--processes', '3', '--weights', 'nowhere'], /There is no file nowhere/],
  ])('%j', async (args, sentence) => {
    const { code, out, err } = await place.run(file, ...args);
    expect(code).toBe(1);
    expect(lastLine(err)).toMatch(sentence);
    expect(out).toBe('');
  });

  it('a world that torchrun made too large', async () => {
    const { code, err } = await start(place.folder, [
      ...['-m', 'torch.distributed.run', '--standalone', '--nproc_per_node=2', file],
      ...['--data', place.data, '--strategy', 'conventional'],
    ]).ended;
    expect(code).not.toBe(0);
    expect(err).toMatch(/one device needs 1 process, but found 2/);
  });

  it('a port that is taken', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    const said = await start(place.folder, [file, '--data', place.data, '--processes', '3'], {
      MASTER_PORT: String(port),
    }).ended;
    server.close();
    expect(said.code).toBe(1);
    expect(lastLine(said.err)).toMatch(new RegExp(`Port ${port} is not free`));
  });

  it('images of another number, and counts from any number that all are told', async () => {
    await place.cut(place.path('few'), 301, 100);
    const args = ['--processes', '3', '--data', place.path('few')];
    const refused = await place.run(file, ...args);
    expect(refused.code).toBe(1);
    expect(lastLine(refused.err)).toMatch(
      new RegExp(`gives 301 training images, but every process counts its steps from ${TRAIN}.*--images 301`),
    );
    const told = await place.run(file, ...args, '--images', '301');
    expect(rightOf(told)).toBeGreaterThan(0);
    expect(countedBy(told).map(({ steps }) => steps)).toEqual([6, 6, 6]);
  });

  it('partitions of another experiment, or another’s place', async () => {
    const other = await place.exported(`${LINK}&seed=2`);
    for (const part of ['1', '2', '3']) await place.run(other, '--part', part, '--parts', 'other');
    const said = await place.run(file, '--join', '--parts', 'other');
    expect(said.code).toBe(1);
    expect(lastLine(said.err)).toMatch(/partition-1.safetensors is of another experiment: #.*seed=2/);
    await copyFile(place.path('other/partition-2.safetensors'), place.path('other/partition-1.safetensors'));
    const swapped = await place.run(other, '--join', '--parts', 'other');
    expect(swapped.code).toBe(1);
    expect(lastLine(swapped.err)).toMatch(
      /partition-1.safetensors does not hold the layers of partition 1. Train it again: --part 1/,
    );
  });
});

describe('a process that fails', () => {
  it.each(['sil', 'data', 'pipeline'])('ends the others and has the last word: %s', async (strategy) => {
    // They would wait for it for half an hour or a day; this test, for less.
    const text = await readFile(file, 'utf8');
    const broken = place.path('broken.py');
    const ready = '    run = Run(options)\n';
    expect(text).toContain(ready);
    await writeFile(
      broken,
      text.replace(ready, `${ready}    if run.rank == 1:\n        raise SystemExit("It has had enough.")\n`),
    );
    const { code, err } = await place.run(broken, '--strategy', strategy, '--processes', '3');
    expect(code).toBe(1);
    expect(lastLine(err)).toBe(
      'Process 1 ended with code 1, and the others were stopped. It has had enough.',
    );
  });
});

describe('pipelines', () => {
  const few = () => place.path('301');
  beforeAll(() => place.cut(few(), 301, 1000));

  it.each([
    // 301 images in batches of 100: the last has one image, fewer than there are micro-batches.
    { batch: 100, steps: 40 },
    // Fewer images than a batch has room for.
    { batch: 4096, steps: 10 },
  ])('train the short batch too: batch $batch', async ({ batch, steps }) => {
    const link = `layers=32,32&cuts=1&epochs=10&batch=${batch}&micro=4&rate=0.003`;
    const short = await place.exported(link, '--data', few());
    const args = ['--data', few(), '--strategy'];
    const alone = await place.run(short, ...args, 'conventional');
    const staged = await place.run(short, ...args, 'pipeline', '--processes', '2');
    expect(countedBy(alone)[0].steps).toBe(steps);
    expect(countedBy(staged).map((counted) => counted.steps)).toEqual([steps, steps]);
    // The same steps, added up per micro-batch: a thousand images, and hardly one that falls to the other side.
    expect(Math.abs(rightOf(staged) - rightOf(alone))).toBeLessThanOrEqual(4);
  });

  it('have one stage where there is no cut, and it trains', async () => {
    const uncut = await place.exported('layers=16,16&cuts=&epochs=1');
    const staged = await place.run(uncut, '--strategy', 'pipeline');
    expect(staged).toMatchObject({ code: 0, err: '' });
    expect(staged.out).toMatch(/no cut: one stage, which trains alone/);
    expect(rightOf(staged)).toBe(rightOf(await place.run(uncut, '--strategy', 'conventional')));
    // And a single partition is SIL's first and last.
    expect(rightOf(await place.run(uncut))).toBe(rightOf(staged));
  });

  it('with fewer micro-batches than stages work in GPipe’s order, and say so', async () => {
    const deep = await place.exported('layers=16x3&cuts=1,2&epochs=1&micro=2&pipeline=1f1b');
    const said = await place.run(deep, '--strategy', 'pipeline', '--processes', '3');
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(said.out).toMatch(/1F1B needs as many micro-batches as stages, but there are 2 for 3: GPipe/);
    expect(rightOf(said)).toBeGreaterThan(0);
  });
});
