import { useMemo } from 'react';
import { sampleImages, type Dataset } from '../../data/dataset.ts';
import { Character } from '../controls/Character.tsx';
import { dataText as text } from '../text/data.ts';
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
