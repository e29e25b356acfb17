/**
 * The tool's door to a sample: it has none of its own, but asks a "checker" which mutants are worth a run of the tests.
 * Those not drawn are refused here, and count neither as noticed nor as missed.
 */
import { CheckStatus, type Checker, type CheckResult } from '@stryker-mutator/api/check';
import type { Mutant } from '@stryker-mutator/api/core';
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
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

export const strykerPlugins = [declareValuePlugin(PluginKind.Checker, 'sample', checker)];
