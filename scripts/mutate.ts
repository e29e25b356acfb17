/**
 * `npm run mutate`: do the unit tests notice a change of meaning? StrykerJS makes the changes and runs the tests; which
 * of them are tried is drawn by seed. See `docs/mutation.md`. Not part of `npm test`: a hundred changes take an hour.
 */
import { Stryker } from '@stryker-mutator/core';
import { HELP, readOptions } from './mutate/options.ts';
import { outcomeOf, survivorsOf, tableOf } from './mutate/report.ts';

/** Plugins are TypeScript as everything here. */
const NODE_ARGS = ['--import', 'tsx'];

/** Milliseconds that a change may take beyond one and a half times what its tests take without it, before it is ended. */
const PATIENCE = 60_000;

try {
  const options = readOptions(process.argv.slice(2));
  if (!options) console.log(HELP);
  else {
    const { sample, folders } = options;
    // The process that asks for the sample is another one.
    process.env['MUTATE_SHARE'] = String(sample.share);
    process.env['MUTATE_SEED'] = String(sample.seed);
    const results = await new Stryker({
      mutate: [
        ...folders.map((folder) => `src/${folder}/**/*.ts`),
        '!src/**/{*.test,testing,words}.ts',
        '!src/session/walk/*.ts',
      ],
      // What is a string is mostly a word for people or held by the type checker, which is not asked here; so are objects.
      mutator: { excludedMutations: ['StringLiteral', 'ObjectLiteral'] },
      ignoreStatic: true,
      plugins: ['@stryker-mutator/vitest-runner', './scripts/mutate/plugin.ts'],
      checkers: ['sample'],
      checkerNodeArgs: NODE_ARGS,
      testRunner: 'vitest',
      testRunnerNodeArgs: NODE_ARGS,
      vitest: { configFile: 'scripts/mutate/vitest.config.ts', related: false },
      timeoutMS: PATIENCE,
      dryRunTimeoutMinutes: 60,
      concurrency: 1,
      reporters: ['progress-append-only', 'missed', 'json'],
      jsonReporter: { fileName: 'build/mutation.json' },
      tempDirName: 'build/mutate',
      ignorePatterns: ['/build', '/dist', '/docs', '/e2e', '/public/data', '/artifacts'],
      // Left as it is: it is rewritten with an interface that TypeScript 7 does not have.
      tsconfigFile: 'none.json',
      disableTypeChecks: false,
      allowEmpty: true,
    }).runMutationTest();
    const outcomes = results.map(outcomeOf);
    console.log(`\n${tableOf(outcomes)}\n\nNoticed by no test:\n${survivorsOf(outcomes)}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
