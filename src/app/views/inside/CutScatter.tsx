import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CutPicture } from '../../../analysis/serve.ts';
import { colorOf, onDark } from '../../canvas/palette.ts';
import { usePainted, type Paint } from '../../canvas/usePainted.ts';
import { useWidth } from '../../canvas/useWidth.ts';
import { significant } from '../../format.ts';
import { insideText as text } from '../../text/inside.ts';
import { apart } from './apart.ts';
import { classColor } from './class-color.ts';
import styles from './inside.module.css';
import { labelAt, mix, place, type Placed } from './placed.ts';

interface CutScatterProps {
  readonly picture: CutPicture;
  readonly characters: readonly string[];
  readonly cut: number;
}

/** Pixels, until it is known how wide it is shown. */
const SIDE = 420;
const MOVE_MS = 500;

/** Answers as dots, labels as letters; from picture to picture the dots move, and one class is looked at closer. */
export function CutScatter({ picture, characters, cut }: CutScatterProps) {
  const [only, setOnly] = useState<number | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const side = useWidth(canvas, SIDE);
  const placed = useMemo(() => place(picture, side, only), [picture, side, only]);
  const shown = useRef(placed);
  const { classes: shownClasses, distance } = picture;
  const said =
    distance === null
      ? text.pictureOfFeatures(cut, shownClasses.length)
      : text.picture(cut, shownClasses.length, significant(distance));

  const look = useCallback<Paint>(
    (context) => paint(context, shown.current, { side, characters, only }),
    [characters, only, side],
  );
  const [, repaint] = usePainted(look, false, canvas);

  useEffect(() => {
    const start = shown.current.points.length === placed.points.length ? shown.current : placed;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const began = performance.now();
    let frame = 0;
    const draw = (now: number) => {
      const share = still ? 1 : Math.min(1, (now - began) / MOVE_MS);
      // Slow at both ends.
      const eased = share * share * (3 - 2 * share);
      shown.current = {
        points: mix(start.points, placed.points, eased),
        labels: mix(start.labels, placed.labels, eased),
        classes: placed.classes,
      };
      repaint();
      if (share < 1) frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [placed, repaint]);

  return (
    <figure className={styles.scatter}>
      <canvas
        ref={canvas}
        width={2 * side}
        height={2 * side}
        role="img"
        aria-label={said}
        // The list below does the same by key.
        onClick={({ nativeEvent: { offsetX, offsetY } }) => {
          const label = labelAt(placed, offsetX, offsetY);
          setOnly(label === only ? null : label);
        }}
      />
      <figcaption>
        <span>{said}</span>
        <label>
          {text.closer}
          <select
            value={only ?? ''}
            onChange={({ target }) => setOnly(target.value === '' ? null : Number(target.value))}
          >
            <option value="">{text.allClasses}</option>
            {characters.map((character, label) => (
              <option key={label} value={label}>
                {character}
              </option>
            ))}
          </select>
        </label>
      </figcaption>
    </figure>
  );
}

interface Look {
  readonly side: number;
  readonly characters: readonly string[];
  readonly only: number | null;
}

/** A letter that would lie on another is a ring: in the middle of many classes some can be read, not none. */
function paint(
  context: CanvasRenderingContext2D,
  { points, labels, classes }: Placed,
  { side, characters, only }: Look,
): void {
  const dark = onDark();
  const ground = colorOf('var(--surface)');
  context.setTransform(2, 0, 0, 2, 0, 0);
  context.clearRect(0, 0, side, side);
  classes.forEach((label, n) => {
    context.globalAlpha = only === null ? 0.55 : label === only ? 0.95 : 0.15;
    context.fillStyle = classColor(label, dark);
    context.beginPath();
    context.arc(points[2 * n], points[2 * n + 1], 2.6, 0, 2 * Math.PI);
    context.fill();
  });
  context.font = '600 15px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const legible = apart(labels, only);
  for (let label = 0; label < labels.length / 2; label++) {
    context.globalAlpha = only === null || label === only ? 1 : 0.6;
    const [x, y] = [labels[2 * label], labels[2 * label + 1]];
    if (!legible[label]) {
      context.lineWidth = 1.5;
      context.strokeStyle = classColor(label, dark);
      context.beginPath();
      context.arc(x, y, 4, 0, 2 * Math.PI);
      context.stroke();
      continue;
    }
    context.lineWidth = 4;
    context.strokeStyle = ground;
    context.fillStyle = classColor(label, dark);
    context.strokeText(characters[label] ?? String(label), x, y);
    context.fillText(characters[label] ?? String(label), x, y);
  }
  context.globalAlpha = 1;
}
