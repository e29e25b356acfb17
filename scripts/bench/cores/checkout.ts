/** The build of an earlier commit, to run beside this one: a worktree of its own with kernels of its own. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Checkout {
  readonly root: string;
  /** The commit's short name. */
  readonly commit: string;
  remove(): void;
}

/**
 * @param repository Whose packages it uses: an earlier commit may have asked for others.
 * @throws Error with a sentence where there is no such commit, or nothing in it to measure.
 */
export function checkOut(repository: string, revision: string): Checkout {
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: repository,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  let commit: string;
  try {
    commit = git('rev-parse', '--short', '--verify', '--end-of-options', `${revision}^{commit}`);
  } catch {
    throw new Error(`There is no commit "${revision}" here. git log lists those there are.`);
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'piecewise-before-'));
  const root = path.join(folder, commit);
  git('worktree', 'add', '--detach', '--force', root, commit);
  const remove = () => {
    git('worktree', 'remove', '--force', root);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    if (!existsSync(path.join(root, 'scripts/bench/node/worker.ts')))
      throw new Error(`Commit ${commit} has no benchmark that could be run: name a later one.`);
    symlinkSync(path.join(repository, 'node_modules'), path.join(root, 'node_modules'), 'junction');
    const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
    execFileSync(process.execPath, [tsx, 'scripts/build-kernels.ts'], { cwd: root, stdio: 'pipe' });
  } catch (error) {
    remove();
    throw error;
  }
  return { root, commit, remove };
}
