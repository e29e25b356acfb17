import { useEffect, useMemo, useRef } from 'react';
import { sampleImages, type Dataset } from '../../data/dataset.ts';
import { dataText as text } from '../text/data.ts';
import { useTheme } from '../theme.ts';
import styles from './panels.module.css';

/** One character of each class, upright, with its label. */
export function Samples({ dataset }: { readonly dataset: Dataset }) {
  const samples = useMemo(() => sampleImages(dataset, 1), [dataset]);
  return (
    <ul className={styles.samples} aria-label={text.sampleImages(dataset.name)}>
      {samples.map(({ label, character, images }) => (
        <li key={label}>
          {images[0] && <Character pixels={images[0]} side={dataset.side} />}
          <span>{character}</span>
        </li>
      ))}
    </ul>
  );
}

/** An image as the network sees it, in the page's ink. */
function Character({ pixels, side }: { readonly pixels: Uint8Array; readonly side: number }) {
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
  return <canvas ref={canvas} width={side} height={side} aria-hidden="true" />;
}
