/** The steps of `npm test`: what they need of each other, and what comes of them. Runs nothing by itself. */

export interface Step {
  readonly name: string;
  readonly command: string;
  readonly what: string;
  /** Steps without which this one would say nothing: they run with it, and where one failed it is not run. */
  readonly needs?: readonly string[];
}

export interface Outcome {
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'not run';
  /** What a step that failed said last, to be read again at the end: minutes of other steps came after it. */
  readonly last?: string;
}

/** How a step's command went, with the end of what it printed. */
export interface Ran {
  readonly passed: boolean;
  readonly last: string;
}

/**
 * The steps that are named, and what they need, in their own order; all of them where none is named.
 * @throws Error with a sentence for a name that no step has.
 */
export function chosenSteps(steps: readonly Step[], names: readonly string[]): readonly Step[] {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    const there = steps.map(({ name }) => name).join(', ');
    throw new Error(`No step is named ${unknown.join(', ')}. There are: ${there}.`);
  }
  const wanted = new Set(names.length > 0 ? names : steps.map(({ name }) => name));
  // What is needed stands before what needs it.
  for (const { name, needs = [] } of steps.toReversed())
    if (wanted.has(name)) for (const need of needs) wanted.add(need);
  return steps.filter(({ name }) => wanted.has(name));
}

/**
 * Runs one step after the other. A failure hides only the steps that need what failed.
 * @param run Runs a step's command to its end.
 */
export async function runSteps(
  steps: readonly Step[],
  run: (step: Step) => Promise<Ran>,
  say: (line: string) => void,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    const { name, what, needs = [] } = step;
    const missing = outcomes.filter((one) => needs.includes(one.name) && one.result !== 'passed');
    if (missing.length > 0) {
      say(`\n– ${name}: not run, it needs ${missing.map((one) => one.name).join(' and ')}`);
      outcomes.push({ name, result: 'not run' });
      continue;
    }
    say(`\n▸ ${name}: ${what}`);
    const start = Date.now();
    const { passed, last } = await run(step);
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    say(passed ? `✓ ${name}, ${seconds} s` : `✗ ${name} failed after ${seconds} s`);
    outcomes.push({ name, result: passed ? 'passed' : 'failed', ...(!passed && { last }) });
  }
  return outcomes;
}

/** The last lines: what failed said, how to repeat it, and how many of each. */
export function summaryOf(outcomes: readonly Outcome[]): string {
  const of = (result: Outcome['result']) =>
    outcomes.filter((one) => one.result === result).map(({ name }) => name);
  const [failed, left] = [of('failed'), of('not run')];
  const said = outcomes.flatMap(({ name, last }) => (last ? [`── what ${name} said last`, last, ''] : []));
  return [
    ...said,
    ...(failed.length > 0 ? [`Failed: ${failed.join(', ')}. Alone: npm test -- ${failed.join(' ')}`] : []),
    ...(left.length > 0 ? [`Not run, for what they need failed: ${left.join(', ')}.`] : []),
    `${of('passed').length} passed, ${failed.length} failed${left.length > 0 ? `, ${left.length} not run` : ''}`,
  ].join('\n');
}
