/** Brings a browser for the tests if none is there: Debian's package where that works, else Playwright's own. */
import { spawnSync } from 'node:child_process';
import { browserPath } from './browser-path.ts';

const ATTEMPTS = [
  'apt-get update -qq && apt-get install -y -qq chromium',
  'sudo -n apt-get update -qq && sudo -n apt-get install -y -qq chromium',
  'npx --no-install playwright install --with-deps chromium',
];

for (const command of ATTEMPTS) {
  const path = browserPath();
  if (path) {
    console.log(`Using ${path}`);
    process.exit(0);
  }
  console.log(`No Chromium found. Trying: ${command}`);
  spawnSync(command, {
    shell: true,
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
if (!browserPath()) {
  console.error(
    'No Chromium could be installed. Install one (for example `apt-get install chromium`) or name it in PIECEWISE_CHROMIUM.',
  );
  process.exit(1);
}
