import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { Line } from './series.ts';
import { below } from './shade.ts';

interface ShadeProps {
  readonly lower: Line;
  readonly upper: Line;
}

/** What a line loses against another, in its own colour. */
export function Shade({ lower, upper }: ShadeProps) {
  const plot = usePlotArea();
  const [across, up] = [useXAxisScale(), useYAxisScale()];
  if (!plot || !across || !up) return null;
  const x = (value: number) => Math.max(plot.x, Math.min(plot.x + plot.width, Number(across(value))));
  const y = (value: number) => Math.max(plot.y, Math.min(plot.y + plot.height, Number(up(value))));
  const paths = below(lower.points, upper.points).map((patch) =>
    [
      ...patch.map((place) => `${x(place.x)},${y(place.top)}`),
      ...patch.toReversed().map((place) => `${x(place.x)},${y(place.bottom)}`),
    ].join(' '),
  );
  return paths.map((points) => (
    <polygon key={points} points={points} fill={lower.color} fillOpacity={0.16} pointerEvents="none" />
  ));
}
