import { useEffect, useRef } from 'react';
import { useTheme } from '../theme.ts';
import { paintHeat } from './heat.ts';

interface LabelStripProps {
  /** `[classes, width]`. */
  readonly values: Float32Array;
  readonly width: number;
  readonly x: number;
  readonly y: number;
  readonly size: { readonly width: number; readonly height: number };
}

/** The first units of the label vectors at a cut, a row per class: what the left part learns to answer there. */
export function LabelStrip({ values, width, x, y, size }: LabelStripProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const classes = values.length / width;
  const columns = Math.min(width, 8);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paintHeat(context, { values, width, classes, columns, stride: 1 });
  }, [values, width, classes, columns, theme]);
  return (
    <foreignObject x={x} y={y} {...size} pointerEvents="none">
      <canvas
        ref={canvas}
        width={columns}
        height={classes}
        style={{ inlineSize: '100%', blockSize: '100%', imageRendering: 'pixelated', display: 'block' }}
        aria-hidden="true"
      />
    </foreignObject>
  );
}
