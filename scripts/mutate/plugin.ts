/**
 * What the tool has no option for. A sample: it asks a "checker" which changes are worth a run of the tests; those not
 * drawn are refused here, and count neither as noticed nor as missed. And a line for each that is missed as soon as it
 * is, so that a round may be ended before its time.
 */
import { CheckStatus, type Checker, type CheckResult } from '@stryker-mutator/api/check';
import type { Mutant } from '@stryker-mutator/api/core';
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import type { Reporter } from '@stryker-mutator/api/report';
import { outcomeOf, survivorsOf } from './report.ts';
import { isDrawn } from './sample.ts';

const share = Number(process.env['MUTATE_SHARE']);
const seed = Number(process.env['MUTATE_SEED']);

const checker: Checker = {
  init: async () => {},
  check: async (mutants: Mutant[]) => {
    const resultOf = (mutant: Mutant): CheckResult =>
      isDrawn({ share, seed }, mutant)
        ? { status: CheckStatus.Passed }
        : { status: CheckStatus.CompileError, reason: 'not in the sample' };
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, resultOf(mutant)]));
  },
  group: async (mutants: Mutant[]) => [mutants.map(({ id }) => id)],
};

const reporter: Reporter = {
  onMutantTested(result) {
    const line = survivorsOf([outcomeOf(result)]);
    if (line) console.log(line);
  },
};

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Checker, 'sample', checker),
  declareValuePlugin(PluginKind.Reporter, 'missed', reporter),
];
