import type { Line } from '../../src/app/charts/series.ts';
import { meanCurve } from '../../src/lab/study/measure.ts';
import type { StudyResult } from '../../src/lab/study/run-study.ts';

const DASHES = ['0', '8 3', '2 3', '10 3 2 3', '5 5', '12 4', '1 3'];

/**
 * A study's curves: conventional training once, and SIL row by row, means of all seeds. From the first epoch on: what an
 * untrained network guesses would flatten all that differs.
 */
export function linesOfStudy({ study, rows }: StudyResult): Line[] {
  if (study.kind !== 'accuracy' || study.draw?.length === 0) return [];
  const drawn = rows.filter(({ row }) => study.draw?.includes(row.name) ?? true);
  const line = (key: string, label: string, index: number, points: Line['points']): Line => ({
    key,
    label,
    owner: key,
    color: index < 0 ? 'var(--strategy-conventional)' : `var(--device-${index % 6})`,
    dash: DASHES[(index + 1) % DASHES.length],
    secondary: false,
    points,
  });
  const [first] = drawn;
  return [
    line(
      'conventional',
      'conventional',
      -1,
      trained(meanCurve(first.seeds.map(({ conventional }) => conventional!))),
    ),
    ...drawn.map(({ row, seeds }, index) =>
      line(row.name, row.name, index, trained(meanCurve(seeds.map(({ sil }) => sil!)))),
    ),
  ];
}

const trained = (points: Line['points']): Line['points'] => points.filter(({ x }) => x > 0);
