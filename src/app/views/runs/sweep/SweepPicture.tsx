import { useState } from 'react';
import { STRATEGIES } from '../../../../experiment/strategies.ts';
import type { PlannedSweep } from '../../../../session/study/ask.ts';
import type { CellResult } from '../../../../session/study/results.ts';
import { Bands, type Band } from '../../../charts/Bands.tsx';
import { LineChartCard, type LineChart } from '../../../charts/LineChartCard.tsx';
import { colorOf, type Line } from '../../../charts/series.ts';
import type { TableData } from '../../../charts/table.ts';
import { labelAt } from '../../../charts/across.ts';
import chartStyles from '../../../charts/charts.module.css';
import { percent, percentOnAxis, significant, whole } from '../../../format.ts';
import { dashOf } from '../../../strategies.ts';
import { chartsText } from '../../../text/charts.ts';
import { sweepText as text } from '../../../text/sweep.ts';
import { acrossOf, epochs, finals, labelOf, MEASURES, standardError } from './outcome.ts';
import type { Measure, SweptLine } from './outcome.ts';

interface SweepPictureProps {
  readonly plan: PlannedSweep;
  /** At least one. */
  readonly results: readonly CellResult[];
}

/** A sweep as a picture: what each strategy comes to over the values, or with several seeds over the epochs. */
export function SweepPicture({ plan, results }: SweepPictureProps) {
  const [measure, setMeasure] = useState<Measure>('accuracy');
  const [logY, setLogY] = useState(false);
  const [sweep] = plan.ask.sweeps;
  const across = sweep && acrossOf(sweep);
  const swept = across ? finals(results, sweep, across, measure) : epochs(results[0], measure);
  const lines = swept.map(lineOf);
  const bands = swept.map((line, index): Band => ({
    ...{ key: lines[index].key, color: lines[index].color, points: line.spots },
  }));
  const apart = across?.apart ?? false;
  const axis = across ?? 'epochs';
  const name = across
    ? text.over(text.measures[measure], labelOf(sweep.key))
    : text.overEpochs(text.measures[measure], results[0].seeds.length);
  const place = (x: number) => (across ? labelAt(across, x) : significant(x));
  const told = swept.map(({ spots }, index) =>
    text.told(
      lines[index].label,
      (across ? spots : spots.slice(-1)).map(({ x, y }) => text.at(percent(y), place(x))),
    ),
  );
  const images = results[0].dataset.test.count;
  const points = (100 * standardError(swept, images)).toFixed(1);
  const seeds = Math.max(...results.map((result) => result.seeds.length));
  const chart: LineChart = {
    ...{ name, lines, axis, look: { logY }, format: percent, formatTick: percentOnAxis },
    unit: chartsText.units.share,
    dots: apart ? 'none' : 'beside',
    closeUp: !across,
    beyond: swept.flatMap(({ spots }) => spots.flatMap(({ low, high }) => [low, high])),
    beneath: <Bands bands={bands} apart={apart} />,
    summary: chartsText.summary(name, told),
    table: () => tableOf(swept, lines, across ? across.name : chartsText.axis.units.epochs, place),
  };
  return (
    <LineChartCard
      {...chart}
      tools={
        <>
          <div className={chartStyles.looks} data-screen="">
            <label className={chartStyles.check}>
              {text.shows}
              <select value={measure} onChange={({ target }) => setMeasure(target.value as Measure)}>
                {MEASURES.map((one) => (
                  <option key={one} value={one}>
                    {text.measures[one]}
                  </option>
                ))}
              </select>
            </label>
            <label className={chartStyles.check}>
              <input type="checkbox" checked={logY} onChange={({ target }) => setLogY(target.checked)} />
              {text.log}
            </label>
          </div>
          <p className={chartStyles.note}>
            {seeds > 1 && `${(apart ? text.bars : text.band)(seeds)} `}
            {text.standardError(points, whole(images))}
          </p>
        </>
      }
    />
  );
}

/** A shade for each of the lines that one strategy has. */
function lineOf({ id, besides, spots }: SweptLine, _: number, all: readonly SweptLine[]): Line {
  const shades = [...new Set(all.map((line) => line.besides))];
  const label = STRATEGIES[id].label;
  return {
    key: `${id} ${besides}`,
    label: besides ? `${label}, ${besides}` : label,
    owner: besides ? `${id} ${besides}` : id,
    color: colorOf(id, shades.indexOf(besides)),
    dash: dashOf(id),
    secondary: false,
    points: spots,
  };
}

/** Means, ends of the spread, and how many seeds they are of. */
function tableOf(
  swept: readonly SweptLine[],
  lines: readonly Line[],
  head: string,
  place: (x: number) => string,
): TableData {
  const places = [...new Set(swept.flatMap(({ spots }) => spots.map(({ x }) => x)))].sort((a, b) => a - b);
  return {
    head: [
      head,
      ...lines.flatMap(({ label }) => [
        text.mean(label),
        text.lowest(label),
        text.highest(label),
        text.count(label),
      ]),
    ],
    units: ['', ...lines.flatMap(() => [...Array<string>(3).fill(chartsText.units.share), ''])],
    rows: places.map((x) => [
      place(x),
      ...swept.flatMap(({ spots }) => {
        const spot = spots.find((one) => one.x === x);
        return spot ? [spot.y, spot.low, spot.high, spot.seeds] : [null, null, null, null];
      }),
    ]),
    format: (value, column) => (column % 4 === 0 ? String(value) : percent(value)),
  };
}
