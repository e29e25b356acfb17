import { useId, type ReactNode } from 'react';
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';

/** How far figures lie apart that a line is the mean of. */
export interface Band {
  readonly key: string;
  /** A CSS colour. */
  readonly color: string;
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly low: number;
    readonly high: number;
  }[];
}

interface BandsProps {
  readonly bands: readonly Band[];
  /** Places that have nothing between them: a dot and its spread each, beside those of the others. */
  readonly apart: boolean;
}

/** Pixels between the dots of one place, and half the width of what ends a spread. */
const BESIDE = 12;
const CAP = 4;
/** Pixels that a dot at an axis's end needs around it. */
const EDGE = 8;

/** Spreads around lines, in their colours: an area along it, or for places apart a bar at each. */
export function Bands({ bands, apart }: BandsProps) {
  const plot = usePlotArea();
  const [across, up] = [useXAxisScale(), useYAxisScale()];
  const clip = useId();
  if (!plot || !across || !up) return null;
  const x = (value: number) => Number(across(value));
  // A logarithm has no place for zero: it lies far below.
  const y = (value: number) => {
    const at = Number(up(value));
    return Number.isFinite(at) ? at : plot.y + 10 * plot.height;
  };
  const edge = apart ? EDGE : 0;
  /** What lies beyond the axes is cut off there. */
  const within = (drawn: ReactNode) => (
    <g clipPath={`url(#${clip})`}>
      <clipPath id={clip}>
        <rect
          x={plot.x - edge}
          y={plot.y - edge}
          width={plot.width + 2 * edge}
          height={plot.height + 2 * edge}
        />
      </clipPath>
      {drawn}
    </g>
  );
  // One place alone has no area.
  if (!apart && bands.some(({ points }) => points.length > 1))
    return within(
      bands.map(({ key, color, points }) => (
        <polygon
          key={key}
          points={[
            ...points.map((point) => `${x(point.x)},${y(point.high)}`),
            ...points.toReversed().map((point) => `${x(point.x)},${y(point.low)}`),
          ].join(' ')}
          fill={color}
          fillOpacity={0.18}
          pointerEvents="none"
        />
      )),
    );
  return within(
    bands.map(({ key, color, points }, index) => (
      <g key={key} stroke={color} strokeWidth={1.5} pointerEvents="none">
        {points.map((point) => {
          const at = x(point.x) + (index - (bands.length - 1) / 2) * BESIDE;
          return (
            <g key={point.x}>
              {point.high > point.low && (
                <path
                  d={`M${at} ${y(point.low)}V${y(point.high)}m${-CAP} 0h${2 * CAP}M${at - CAP} ${y(point.low)}h${2 * CAP}`}
                  fill="none"
                />
              )}
              <circle cx={at} cy={y(point.y)} r={4.5} fill={color} stroke="var(--surface)" />
            </g>
          );
        })}
      </g>
    )),
  );
}
