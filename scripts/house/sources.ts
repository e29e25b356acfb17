/** The type checker on these sources, with files laid over them that are on no disk. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SourceFile } from 'typescript/unstable/ast';
import { API, type Project } from 'typescript/unstable/sync';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface Complaint {
  /** Relative to the repository. */
  readonly file: string;
  readonly text: string;
}

export class Sources {
  private readonly laid = new Map<string, string>();
  private readonly api: API;
  private open: Project;

  constructor() {
    const { laid } = this;
    this.api = new API({
      cwd: ROOT,
      fs: {
        readFile: (file) => laid.get(file),
        fileExists: (file) => (laid.has(file) ? true : undefined),
        directoryExists: (folder) =>
          [...laid.keys()].some((file) => file.startsWith(`${folder}/`)) ? true : undefined,
      },
    });
    this.open = this.api.updateSnapshot({ openProjects: [resolve(ROOT, 'tsconfig.json')] }).getProjects()[0];
  }

  get project(): Project {
    return this.open;
  }

  /** Files of this project, relative to the repository. */
  files(): string[] {
    return this.open.program
      .getSourceFileNames()
      .filter((file) => file.startsWith(`${ROOT}/`) && !file.includes('/node_modules/'))
      .map((file) => file.slice(ROOT.length + 1));
  }

  sourceFile(file: string): SourceFile {
    const found = this.open.program.getSourceFile(resolve(ROOT, file));
    if (!found) throw new Error(`${file} is not among the sources.`);
    return found;
  }

  /** Lays these files over the sources in place of what was laid before: text by path from the repository. */
  lay(files: ReadonlyMap<string, string>): void {
    const before = [...this.laid.keys()];
    this.laid.clear();
    for (const [file, text] of files) this.laid.set(resolve(ROOT, file), text);
    const touched = [...new Set([...before, ...this.laid.keys()])];
    const made = touched.filter((file) => !existsSync(file));
    const fileChanges = {
      created: made.filter((file) => this.laid.has(file) && !before.includes(file)),
      changed: touched.filter(
        (file) => !made.includes(file) || (this.laid.has(file) && before.includes(file)),
      ),
      deleted: made.filter((file) => !this.laid.has(file)),
    };
    this.open = this.api.updateSnapshot({ fileChanges }).getProjects()[0];
  }

  /** What the type checker says. */
  check(): Complaint[] {
    return this.open.program
      .getSemanticDiagnostics()
      .map(({ fileName, text }) => ({ file: fileName?.slice(ROOT.length + 1) ?? '', text }));
  }

  close(): void {
    this.api.close();
  }
}
