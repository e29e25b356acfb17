import { analysis } from '../../analysis/client.ts';
import type { LayerVitals } from '../../analysis/serve.ts';
import { ofLabels, STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import { useNetworks } from '../asking/networks.ts';
import { useAnswer } from '../asking/useAnswer.ts';
import { percent, significant } from '../format.ts';
import { useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import { labelLosses } from './label-losses.ts';
import styles from './network.module.css';

type AllVitals = readonly { readonly id: StrategyId; readonly layers: readonly LayerVitals[] }[];

/** Norms and dead units of every layer, of every trained network, as long as `active`. */
function useVitals(active: boolean): AllVitals | null {
  const recorded = useSession((state) => state.recording !== null);
  const { ids, version } = useNetworks(active && !recorded);
  return useAnswer(active && ids.length > 0 ? `${version} ${ids.join()}` : null, async () => {
    const found: { id: StrategyId; layers: LayerVitals[] }[] = [];
    for (const id of ids) found.push({ id, layers: await analysis().vitals(id) });
    return found;
  });
}

interface LayerTipProps {
  /** Index of the layer of weights that leads to the level pointed at. */
  readonly layer: number;
  /** Horizontal middle of the level. */
  readonly x: number;
  readonly room: number;
}

/** Live numbers of the layer under the pointer. */
export function LayerTip({ layer, x, room }: LayerTipProps) {
  const vitals = useVitals(true);
  const distance = useSession(({ modes }) => labelLosses(ofLabels(modes)));
  const cut = useSession(({ plan }) => plan?.cuts.findIndex(({ after }) => after === layer + 1) ?? -1);
  return (
    <div
      className={styles.tip}
      style={x < room / 2 ? { insetInlineStart: x + 16 } : { insetInlineEnd: room - x + 16 }}
      aria-hidden="true"
    >
      <strong>{text.vitals.layer(layer + 1)}</strong>
      {!vitals && <span>{text.vitals.none}</span>}
      {vitals?.map(({ id, layers }) => {
        const own = layers[layer];
        return (
          own && (
            <dl key={id}>
              <dt style={{ color: `var(--mode-${id})` }}>{STRATEGIES[id].label}</dt>
              {rowsOf(own).map(([name, value]) => (
                <dd key={name}>
                  {name} <b>{value}</b>
                </dd>
              ))}
              {STRATEGIES[id].needsLabels && cut >= 0 && distance?.[cut] !== undefined && (
                <dd>
                  {text.vitals.distance} <b>{significant(distance[cut])}</b>
                </dd>
              )}
            </dl>
          )
        );
      })}
    </div>
  );
}

const rowsOf = ({ weights, gradient, change, dead }: LayerVitals): [string, string][] => [
  [text.vitals.weights, significant(weights)],
  [text.vitals.gradient, significant(gradient)],
  ...(change === null ? [] : [[text.vitals.change, significant(change)] as [string, string]]),
  ...(dead === null ? [] : [[text.vitals.dead, percent(dead)] as [string, string]]),
];

/** The same for all layers as a table, for keyboards and screen readers. */
export function VitalsTable() {
  const vitals = useVitals(true);
  if (!vitals) return <p className={styles.faint}>{text.vitals.none}</p>;
  return (
    <div className={styles.vitals} tabIndex={0} role="region" aria-label={text.vitals.table}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.vitals.way}</th>
            <th scope="col">{text.vitals.layerHead}</th>
            <th scope="col">{text.vitals.weights}</th>
            <th scope="col">{text.vitals.gradient}</th>
            <th scope="col">{text.vitals.change}</th>
            <th scope="col">{text.vitals.dead}</th>
          </tr>
        </thead>
        <tbody>
          {vitals.flatMap(({ id, layers }) =>
            layers.map(({ weights, gradient, change, dead }, layer) => (
              <tr key={`${id} ${layer}`}>
                <th scope="row">{STRATEGIES[id].label}</th>
                <td>{layer + 1}</td>
                <td>{significant(weights)}</td>
                <td>{significant(gradient)}</td>
                <td>{change === null ? '–' : significant(change)}</td>
                <td>{dead === null ? '–' : percent(dead)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
