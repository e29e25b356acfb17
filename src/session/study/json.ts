/** What a study writes as JSON: one experiment's strategies at the top; a grid's in `grid`, each with its own data and engine. */
import type { CellResult } from './results.ts';

/** @param machine What it ran on, as a page or a terminal knows it. */
export function jsonOf(results: readonly CellResult[], machine: Readonly<Record<string, unknown>>): unknown {
  const one = ({ cell, seeds, strategies, dataset, weights }: CellResult) => ({
    experiment: cell.experiment,
    link: `#${cell.fragment}`,
    seeds,
    ...(weights && { weights }),
    strategies,
    data: {
      name: dataset.name,
      train: dataset.train.count,
      test: dataset.test.count,
      verified: dataset.provenance.verified,
      digest: dataset.digest,
    },
  });
  const [first] = results;
  if (results.length === 1) return { ...one(first), machine: { ...machine, engine: first.engine } };
  return {
    machine,
    grid: results.map((result) => ({
      settings: result.cell.settings,
      ...one(result),
      engine: result.engine,
    })),
  };
}
