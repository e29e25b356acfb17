import { useEffect, useRef } from 'react';
import { useTheme } from '../theme.ts';

interface CharacterProps {
  /** Bytes `[side, side]`, 255 where there is ink. */
  readonly pixels: Uint8Array;
  readonly side: number;
  /** What it shows, in words; decoration where left out. */
  readonly name?: string;
}

/** An image as the network sees it, in the page's ink. */
export function Character({ pixels, side, name }: CharacterProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = useTheme().endsWith('dark');
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(side, side);
    pixels.forEach((value, i) => {
      image.data.fill(dark ? 237 : 23, 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = value;
    });
    context.putImageData(image, 0, 0);
  }, [pixels, side, dark]);
  return name ? (
    <canvas ref={canvas} width={side} height={side} role="img" aria-label={name} />
  ) : (
    <canvas ref={canvas} width={side} height={side} aria-hidden="true" />
  );
}
