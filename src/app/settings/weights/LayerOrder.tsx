import { useLayoutEffect, useRef, useState } from 'react';
import { sameShape, type NamedShape } from '../../../export/layer-order.ts';
import { middle } from '../../../messages/middle.ts';
import type { PlacedWeights } from '../../../session/given-weights.ts';
import { weightsText as text } from '../../text/weights.ts';
import styles from './weights.module.css';

type Direction = 'up' | 'down';
const DIRECTIONS: readonly Direction[] = ['up', 'down'];

/** The layers of a file in their order, to be changed where sizes allow it. Nothing where they allow no other. */
export function LayerOrder({
  weights: { order, settledBy },
  onChange,
}: {
  readonly weights: Pick<PlacedWeights, 'order' | 'settledBy'>;
  readonly onChange: (names: readonly string[]) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const [moved, setMoved] = useState<{ name: string; direction: Direction } | null>(null);
  // A row that moves in the document loses the focus; whoever moves a layer by keyboard goes on with the same one.
  useLayoutEffect(() => {
    if (!moved) return;
    const at = order.findIndex(({ name }) => name === moved.name);
    list.current?.children[at]?.querySelector<HTMLButtonElement>(`[data-move=${moved.direction}]`)?.focus();
  }, [moved, order]);
  const twins = order.map((_, index) => DIRECTIONS.map((direction) => twin(order, index, direction)));
  if (twins.flat().every((other) => other === null)) return null;

  const move = (index: number, other: number, direction: Direction) => {
    const names = order.map(({ name }) => name);
    [names[index], names[other]] = [names[other], names[index]];
    setMoved({ name: order[index].name, direction });
    onChange(names);
  };
  return (
    <div role="group" aria-label={text.order} className={styles.order}>
      <p className={settledBy === null ? styles.open : styles.settled}>
        {settledBy === null ? text.orderOpen : text.orderSettled[settledBy]}
      </p>
      <ol ref={list}>
        {order.map(({ name, inputs, outputs }, index) => (
          <li key={name}>
            <div className={styles.row}>
              <span className={styles.layer}>
                <code title={name}>{middle(name) || text.nameless}</code>{' '}
                <span className={styles.shape}>{text.shape(inputs, outputs)}</span>
              </span>
              {DIRECTIONS.map((direction, side) => {
                const other = twins[index][side];
                return (
                  <button
                    key={direction}
                    type="button"
                    className="button"
                    data-move={direction}
                    aria-label={text.move(name || text.nameless, direction)}
                    // Disabled for good would drop the focus at the end of the way.
                    aria-disabled={other === null}
                    onClick={() => other !== null && move(index, other, direction)}
                  >
                    {direction === 'up' ? '↑' : '↓'}
                  </button>
                );
              })}
            </div>
          </li>
        ))}
      </ol>
      <p role="status" className="visually-hidden">
        {moved &&
          text.moved(
            middle(moved.name) || text.nameless,
            order.findIndex(({ name }) => name === moved.name) + 1,
          )}
      </p>
    </div>
  );
}

/** The next layer in a direction that this one can change places with: of the same size. */
function twin(order: readonly NamedShape[], index: number, direction: Direction): number | null {
  const step = direction === 'up' ? -1 : 1;
  for (let at = index + step; at >= 0 && at < order.length; at += step) {
    if (sameShape(order[at], order[index])) return at;
  }
  return null;
}
