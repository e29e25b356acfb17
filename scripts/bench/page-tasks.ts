/** Tasks of a page's thread, from the browser's own trace: how long each took, and how much of that it worked. */
import type { Browser } from '@playwright/test';

/** One task, in ms. The rest of `took` it waited for a processor: devices train on the same ones. */
export interface Task {
  readonly took: number;
  readonly worked: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** µs: when it began, how long it took, and how long of that it worked. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The tasks of every page of this browser while `work` went on. */
export async function tasksDuring(browser: Browser, work: () => Promise<void>): Promise<Task[]> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) events.push(event);
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      recordMode: 'recordUntilFull',
      traceBufferSizeInKb: 400_000,
      includedCategories: ['toplevel', '__metadata'],
    },
  });
  try {
    await work();
  } finally {
    const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
    await session.send('Tracing.end');
    await complete;
  }
  const place = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  // The browser draws parts of its own window in renderers of other names.
  const renderers = new Set(
    events
      .filter(({ name, args }) => name === 'process_name' && args?.name === 'Renderer')
      .map(({ pid }) => pid),
  );
  const pages = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .filter(({ pid }) => renderers.has(pid))
      .map(place),
  );
  const tasks = events.filter(
    (event) => event.ph === 'X' && event.name.endsWith('RunTask') && pages.has(place(event)),
  );
  return outermost(tasks, place).map(({ dur = 0, tdur = 0 }) => ({ took: dur / 1000, worked: tdur / 1000 }));
}

/** The browser writes a task down once for each of its own layers, one within the other: each counts once. */
function outermost(tasks: readonly TraceEvent[], place: (event: TraceEvent) => string): TraceEvent[] {
  const ends = new Map<string, number>();
  return tasks
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
    .filter((task) => {
      const { ts, dur = 0 } = task;
      if (ts < (ends.get(place(task)) ?? -Infinity)) return false;
      ends.set(place(task), ts + dur);
      return true;
    });
}
