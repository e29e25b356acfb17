import { useState, type PointerEvent } from 'react';
import { usePlotArea, useXAxisInverseScale, useXAxisScale } from 'recharts';
import { setCrosshair, useCrosshair } from './view.ts';

/** Pixels that a pointer must be dragged: less is a click. */
const DRAGGED = 6;

interface PointingProps {
  readonly onZoom?: ((part: readonly [from: number, to: number] | null) => void) | undefined;
}

/**
 * What a pointer does on a chart: it stands at the same place on every chart, dragging it zooms to a part of the axis,
 * and a double click shows all again. It draws itself anew alone: a chart takes tens of milliseconds.
 */
export function Pointing({ onZoom }: PointingProps) {
  const plot = usePlotArea();
  const scale = useXAxisScale();
  const inverse = useXAxisInverseScale();
  const x = useCrosshair((state) => state.x);
  /** Pixels: where the drag began, and where it is. */
  const [drag, setDrag] = useState<readonly [number, number] | null>(null);
  if (!plot || !scale || !inverse) return null;
  const at = x === null ? NaN : Number(scale(x));
  const within = (pixel: number) => Math.max(plot.x, Math.min(plot.x + plot.width, pixel));

  const zoom = (part: readonly [from: number, to: number] | null) => {
    onZoom?.(part);
    // Another place is under the pointer now, and is known when it moves.
    setCrosshair(null);
  };
  const begin = ({ nativeEvent, currentTarget }: PointerEvent<SVGRectElement>) => {
    // A finger that moves over a chart scrolls the page.
    if (!onZoom || nativeEvent.pointerType !== 'mouse' || nativeEvent.button !== 0) return;
    // Or it would select the page's words on its way.
    nativeEvent.preventDefault();
    currentTarget.setPointerCapture(nativeEvent.pointerId);
    setDrag([nativeEvent.offsetX, nativeEvent.offsetX]);
  };
  const move = ({ nativeEvent }: PointerEvent<SVGRectElement>) => {
    const pixel = within(nativeEvent.offsetX);
    const found = Number(inverse(pixel));
    if (Number.isFinite(found)) setCrosshair(found);
    if (drag) setDrag([drag[0], pixel]);
  };
  const end = () => {
    if (!drag) return;
    setDrag(null);
    const [from, to] = drag.toSorted((a, b) => a - b);
    if (to - from >= DRAGGED) zoom([Number(inverse(from)), Number(inverse(to))]);
  };

  return (
    <g>
      <rect
        {...plot}
        fill="transparent"
        style={onZoom ? { cursor: 'crosshair' } : undefined}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={() => setDrag(null)}
        onPointerLeave={() => setCrosshair(null)}
        onDoubleClick={() => zoom(null)}
      />
      {drag && (
        <rect
          x={Math.min(...drag)}
          y={plot.y}
          width={Math.abs(drag[1] - drag[0])}
          height={plot.height}
          fill="var(--accent)"
          fillOpacity={0.14}
          pointerEvents="none"
        />
      )}
      {at >= plot.x && at <= plot.x + plot.width && (
        <line
          x1={at}
          x2={at}
          y1={plot.y}
          y2={plot.y + plot.height}
          stroke="var(--ink-3)"
          strokeWidth={1}
          pointerEvents="none"
        />
      )}
    </g>
  );
}
