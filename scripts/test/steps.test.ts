import { describe, expect, it } from 'vitest';
import { chosenSteps, runSteps, summaryOf, type Ran, type Step } from './steps.ts';

const step = (name: string, ...needs: string[]): Step => ({ name, needs, command: name, what: name });
const STEPS = [
  step('kernels'),
  step('lint'),
  step('unit', 'kernels'),
  step('build', 'kernels'),
  step('e2e', 'build'),
];
const names = (steps: readonly Step[]) => steps.map(({ name }) => name);

describe('the steps of npm test', () => {
  it('go on after one that failed, but for those that need it', async () => {
    const ran: string[] = [];
    const said: string[] = [];
    const run = ({ name }: Step): Promise<Ran> => {
      ran.push(name);
      const passed = name !== 'lint' && name !== 'build';
      return Promise.resolve({ passed, last: name === 'lint' ? '2 warnings' : '' });
    };
    const outcomes = await runSteps(STEPS, run, (line) => said.push(line));
    expect(ran).toEqual(['kernels', 'lint', 'unit', 'build']);
    expect(outcomes.map(({ result }) => result)).toEqual(['passed', 'failed', 'passed', 'failed', 'not run']);
    expect(said.join('\n')).toContain('e2e: not run, it needs build');
    expect(summaryOf(outcomes)).toBe(
      '── what lint said last\n2 warnings\n\nFailed: lint, build. Alone: npm test -- lint build\n' +
        'Not run, for what they need failed: e2e.\n2 passed, 2 failed, 1 not run',
    );
  });

  it('say only their number where all pass', async () => {
    const outcomes = await runSteps(
      STEPS,
      () => Promise.resolve({ passed: true, last: 'all is well' }),
      () => {},
    );
    expect(summaryOf(outcomes)).toBe('5 passed, 0 failed');
  });

  it('can be named, and bring what they need', () => {
    expect(chosenSteps(STEPS, [])).toEqual(STEPS);
    expect(names(chosenSteps(STEPS, ['e2e']))).toEqual(['kernels', 'build', 'e2e']);
    expect(names(chosenSteps(STEPS, ['lint']))).toEqual(['lint']);
    expect(() => chosenSteps(STEPS, ['units'])).toThrow(/named units.*unit, build/);
  });
});
