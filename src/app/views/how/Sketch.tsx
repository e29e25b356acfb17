import styles from './about.module.css';

export const STEPS = ['cut', 'label', 'train', 'join'] as const;
export type Step = (typeof STEPS)[number];

/** Heights of a small network's layers, from image to classes. */
const LAYERS = [64, 40, 40, 40, 40, 18];
const MIDDLE = 48;
/** Entries of a made-up label table, row by row; signs that look random. */
const SIGNS = [1, -1, -1, 1, 1, -1, 1, 1, -1, -1, 1, -1];

/** One step of the idea as a drawing; what it shows is said beside it. */
export function Sketch({ step }: { readonly step: Step }) {
  const apart = step === 'train' ? 22 : 0;
  const x = (layer: number) => 28 + 36 * layer + (layer < 3 ? -apart / 2 : apart / 2);
  return (
    <svg viewBox="-8 0 252 96" className={styles.sketch} aria-hidden="true">
      {step !== 'join' && (
        <>
          <rect x={8 - apart / 2} y="4" width="110" height="88" rx="6" className={styles.left} />
          <rect x={118 + apart / 2} y="4" width="110" height="88" rx="6" className={styles.right} />
        </>
      )}
      {LAYERS.slice(1).map((height, index) => {
        const before = LAYERS[index];
        const [from, to] = [x(index) + 4, x(index + 1) - 4];
        if (apart > 0 && index === 2) return null;
        return (
          <polygon
            key={index}
            className={styles.band}
            points={`${from},${MIDDLE - before / 2} ${to},${MIDDLE - height / 2} ${to},${MIDDLE + height / 2} ${from},${MIDDLE + before / 2}`}
          />
        );
      })}
      {LAYERS.map((height, layer) => (
        <rect
          key={layer}
          className={styles.bar}
          x={x(layer) - 4}
          y={MIDDLE - height / 2}
          width="8"
          height={height}
          rx="2"
        />
      ))}
      {step === 'cut' && <line x1="118" x2="118" y1="2" y2="94" className={styles.cutLine} />}
      {step === 'label' && <Labels x={118} />}
      {step === 'train' && (
        <>
          <Labels x={118} />
          <path d="M104 85h-14m4-4-4 4 4 4M132 85h14m-4-4 4 4-4 4" className={styles.arrow} />
        </>
      )}
      {step === 'join' && <path d="M6 48h8m-4-4 4 4-4 4M216 48h12m-4-4 4 4-4 4" className={styles.arrow} />}
    </svg>
  );
}

/** Three rows of four: a vector per class. */
function Labels({ x }: { readonly x: number }) {
  return SIGNS.map((sign, index) => (
    <rect
      key={index}
      x={x - 12 + 6 * (index % 4)}
      y={MIDDLE - 15 + 10 * Math.floor(index / 4)}
      width="6"
      height="9"
      className={sign > 0 ? styles.positive : styles.negative}
    />
  ));
}
