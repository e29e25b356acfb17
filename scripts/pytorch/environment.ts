/** A Python environment with PyTorch, made once in a folder that is not committed. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = '.cache/pytorch';
/** PyTorch itself, what the exported file imports, and what it is held against. */
const PACKAGES = ['torch==2.13.0', 'numpy>=2', 'safetensors>=0.5', 'ruff>=0.12'];

const python = join(
  FOLDER,
  ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
);
const list = join(FOLDER, 'packages.txt');

/** The path of a Python that has them all, where it was made before; else null. */
export const readyPython = (): string | null =>
  existsSync(list) && readFileSync(list, 'utf8') === PACKAGES.join('\n') ? python : null;

/**
 * The path of a Python that has them all.
 * @throws Error with a sentence, where there is no Python or the packages cannot be had.
 */
export function pythonWithTorch(): string {
  const ready = readyPython();
  if (ready) return ready;
  mkdirSync(FOLDER, { recursive: true });
  console.log(`Making ${FOLDER} with ${PACKAGES.join(', ')}: once.`);
  command('python3', ['-m', 'venv', FOLDER], 'Python 3.10 or later with its venv module is needed.');
  command(
    python,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES],
    'pip did not find these packages. PIP_EXTRA_INDEX_URL names further indexes, such as PyTorch’s own of builds without CUDA.',
  );
  // Written last: an environment that was interrupted is made again.
  writeFileSync(list, PACKAGES.join('\n'));
  return python;
}

function command(name: string, args: readonly string[], help: string): void {
  const { status, error } = spawnSync(name, args, { stdio: 'inherit' });
  if (status !== 0) {
    throw new Error(`${name} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}. ${help}`);
  }
}
