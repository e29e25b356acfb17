import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { Axis } from '../../charts/series.ts';
import type { MemoryPoint } from './memory.ts';
import { withLooking } from './memory-lines.ts';

interface EvaluationsProps {
  readonly points: readonly MemoryPoint[];
  readonly axis: Axis;
  readonly color: string;
}

/** How far memory rose for a moment at the end of a turn: to evaluate, and to join. */
export function Evaluations({ points, axis, color }: EvaluationsProps) {
  const plot = usePlotArea();
  const [across, up] = [useXAxisScale(), useYAxisScale()];
  if (!plot || !across || !up) return null;
  return points.flatMap(({ point, held, beside }) => {
    const x = Number(across(point[axis]));
    const top = Math.max(held.bytes, ...beside.map(withLooking));
    if (top === held.bytes || !(x >= plot.x && x <= plot.x + plot.width + 1)) return [];
    const y = (value: number) => Math.max(plot.y, Number(up(value)));
    return [
      <line
        key={point.step}
        x1={x}
        x2={x}
        y1={y(held.bytes)}
        y2={y(top)}
        stroke={color}
        strokeWidth={1.5}
        strokeOpacity={0.55}
        pointerEvents="none"
      />,
    ];
  });
}
