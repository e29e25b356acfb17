import { useCallback } from 'react';
import { bytesOf } from '../canvas/palette.ts';
import { usePainted, type Paint } from '../canvas/usePainted.ts';

interface CharacterProps {
  /** Bytes `[side, side]`, 255 where there is ink. */
  readonly pixels: Uint8Array;
  readonly side: number;
  /** What it shows, in words; decoration where left out. */
  readonly name?: string;
}

/** An image as the network sees it, in the page's ink. */
export function Character({ pixels, side, name }: CharacterProps) {
  const paint = useCallback<Paint>(
    (context) => {
      const ink = bytesOf('var(--ink)');
      const image = context.createImageData(side, side);
      pixels.forEach((value, i) => image.data.set([...ink, value], 4 * i));
      context.putImageData(image, 0, 0);
    },
    [pixels, side],
  );
  const [canvas] = usePainted(paint);
  return name ? (
    <canvas ref={canvas} width={side} height={side} role="img" aria-label={name} />
  ) : (
    <canvas ref={canvas} width={side} height={side} aria-hidden="true" />
  );
}
