import { expect, it } from 'vitest';
import { firstDownload } from './first-download.ts';

const graph = (importers: Readonly<Record<string, readonly string[]>>) => ({
  getModuleInfo: (id: string) =>
    id in importers ? { isEntry: id === 'main', importers: importers[id] } : null,
});

it('is what the entry reaches by static imports, also in circles', () => {
  const modules = graph({
    main: [],
    app: ['main', 'view'],
    view: ['late'],
    late: [],
    left: ['right'],
    right: ['left'],
    shared: ['view', 'app'],
  });
  const first = ['main', 'app', 'view', 'late', 'left', 'right', 'shared', 'unknown'].filter(
    (id) => firstDownload(id, modules) === 'first',
  );
  expect(first).toEqual(['main', 'app', 'shared']);
});
