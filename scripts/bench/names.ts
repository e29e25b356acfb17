/** What rows are called, in tables and in what is kept. */
import type { Row } from './results.ts';

const LIBRARIES: Readonly<Record<Row['library'], string>> = {
  piecewise: 'Piecewise',
  'tensorflow.js': 'TensorFlow.js',
  'jax-js': 'jax-js',
  pytorch: 'PyTorch',
};

/** e.g. `Piecewise cpu, 2 threads`. */
export function nameOfRow({
  library,
  engine,
  as,
  threads,
}: Pick<Row, 'library' | 'engine'> & Partial<Pick<Row, 'as' | 'threads'>>): string {
  const count =
    threads === undefined || threads === null ? [] : [threads === 1 ? '1 thread' : `${threads} threads`];
  return [`${LIBRARIES[library]} ${engine}`, ...(as ? [as] : []), ...count].join(', ');
}

/** Where and on what rows of one table were measured. */
export const placeOf = ({ network, batch, runtime }: Pick<Row, 'network' | 'batch' | 'runtime'>): string =>
  `${network}, batch ${batch}, ${runtime === 'browser' ? 'in the browser' : 'in Node'}`;
