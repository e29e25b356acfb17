import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { Line } from './series.ts';

/** A dot at each line's end: where it is now. */
export function EndDots({ lines }: { readonly lines: readonly Line[] }) {
  const plot = usePlotArea();
  const [across, up] = [useXAxisScale(), useYAxisScale()];
  if (!plot || !across || !up) return null;
  return lines.flatMap(({ key, color, points, secondary }) => {
    const end = points[points.length - 1];
    const [x, y] = [Number(across(end.x)), Number(up(end.y))];
    if (secondary || !(y >= plot.y && y <= plot.y + plot.height) || !(x <= plot.x + plot.width + 1))
      return [];
    return [<circle key={key} cx={x} cy={y} r={4} fill={color} stroke="var(--surface)" strokeWidth={1.5} />];
  });
}
