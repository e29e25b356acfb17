/** What the first page needs stands in one file: a hundred small ones would be packed worse, and asked for one by one. */

interface ModuleFacts {
  readonly isEntry: boolean;
  /** Modules that import it statically. */
  readonly importers: readonly string[];
}

interface Graph {
  getModuleInfo(id: string): ModuleFacts | null;
}

/** Name of the chunk of a module that the entry reaches by static imports; null for all that is fetched later. */
export function firstDownload(id: string, graph: Graph): 'first' | null {
  const seen = new Set([id]);
  for (const one of seen) {
    const facts = graph.getModuleInfo(one);
    if (facts?.isEntry) return 'first';
    for (const importer of facts?.importers ?? []) seen.add(importer);
  }
  return null;
}
