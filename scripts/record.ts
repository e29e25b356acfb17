/** `npm run record`: trains the newcomer's experiment on the CPU engine and keeps it as the run that the page opens on. */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { fixedClient } from '../src/data/fixed-client.ts';
import { encode } from '../src/experiment/link.ts';
import { newcomers } from '../src/experiment/presets.ts';
import { loadData } from '../src/lab/load-data.ts';
import { DATA_FOLDER } from '../src/lab/options.ts';
import { spawnThread } from '../src/lab/spawn-thread.ts';
import { toFile } from '../src/session/recording/file.ts';
import { record } from '../src/session/recording/recording.ts';
import { thin } from '../src/session/recording/thin.ts';
import { createSession } from '../src/session/session.ts';
import type { SessionState } from '../src/session/state.ts';
import { ensureData } from './data/ensure.ts';
import { ensureKernels } from './kernels.ts';

const FILE = 'public/first-run.json';

/** As many points as the default experiment makes turns, and lanes of its last turn. */
const SIZE = { points: 100, spans: 150 };

await ensureKernels((line) => process.stderr.write(`${line}\n`));
const experiment = newcomers();
await ensureData([experiment.data], DATA_FOLDER, (line) => process.stderr.write(`${line}\n`));
const dataset = await loadData(DATA_FOLDER, experiment.data);
const session = createSession({
  link: encode(experiment),
  data: fixedClient(async () => dataset),
  spawn: spawnThread,
  cores: availableParallelism(),
  chooseEngine: async (choice) => ({ id: choice === 'auto' ? 'cpu' : choice, why: '' }),
});
await session.ready;
const began = performance.now();
const finished = new Promise<SessionState>((resolve, reject) => {
  session.store.subscribe((state) => {
    const failed = Object.values(state.strategies).find(({ error }) => error);
    if (failed) reject(new Error(failed.error!));
    if (state.status === 'finished') resolve(state);
  });
});
session.actions.play();
const recording = record(await finished, new Date())!;
const seconds = (performance.now() - began) / 1000;
await session.close();

const machine = `${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}; ${recording.machine}`;
const text = toFile(thin({ ...recording, machine }, SIZE));
await writeFile(FILE, text);
for (const { id, final } of recording.strategies) console.log(`${id}: ${final?.accuracy} of ${final?.count}`);
console.log(`${FILE}: ${text.length} bytes, trained in ${seconds.toFixed(1)} s`);
