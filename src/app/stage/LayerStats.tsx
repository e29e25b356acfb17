import { analysis } from '../../analysis/client.ts';
import type { LayerStats } from '../../analysis/serve.ts';
import { ofLabels, STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import { useNetworks } from '../asking/networks.ts';
import { useAnswer } from '../asking/useAnswer.ts';
import { percent, significant } from '../format.ts';
import { useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import { labelLosses } from './label-losses.ts';
import drawing from './drawing.module.css';
import styles from './network.module.css';

type AllLayerStats = readonly { readonly id: StrategyId; readonly layers: readonly LayerStats[] }[];

/** Norms and dead units of every layer, of every trained network, as long as `active`. */
function useLayerStats(active: boolean): AllLayerStats | null {
  const recorded = useSession((state) => state.recording !== null);
  const { ids, version } = useNetworks(active && !recorded);
  return useAnswer(active && ids.length > 0 ? `${version} ${ids.join()}` : null, async () => {
    const found: { id: StrategyId; layers: LayerStats[] }[] = [];
    for (const id of ids) found.push({ id, layers: await analysis().layerStats(id) });
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
  const layerStats = useLayerStats(true);
  const distance = useSession(({ strategies }) => labelLosses(ofLabels(strategies)));
  const cut = useSession(({ plan }) => plan?.cuts.findIndex(({ after }) => after === layer + 1) ?? -1);
  return (
    <div
      className={drawing.tip}
      style={x < room / 2 ? { insetInlineStart: x + 16 } : { insetInlineEnd: room - x + 16 }}
      aria-hidden="true"
    >
      <strong>{text.layerStats.layer(layer + 1)}</strong>
      {!layerStats && <span>{text.layerStats.none}</span>}
      {layerStats?.map(({ id, layers }) => {
        const own = layers[layer];
        return (
          own && (
            <dl key={id}>
              <dt style={{ color: `var(--strategy-${id})` }}>{STRATEGIES[id].label}</dt>
              {rowsOf(own).map(([name, value]) => (
                <dd key={name}>
                  {name} <b>{value}</b>
                </dd>
              ))}
              {STRATEGIES[id].needsLabels && cut >= 0 && distance?.[cut] !== undefined && (
                <dd>
                  {text.layerStats.distance} <b>{significant(distance[cut])}</b>
                </dd>
              )}
            </dl>
          )
        );
      })}
    </div>
  );
}

const rowsOf = ({ weights, gradient, change, dead }: LayerStats): [string, string][] => [
  [text.layerStats.weights, significant(weights)],
  ...(gradient === null ? [] : [[text.layerStats.gradient, significant(gradient)] as [string, string]]),
  ...(change === null ? [] : [[text.layerStats.change, significant(change)] as [string, string]]),
  ...(dead === null ? [] : [[text.layerStats.dead, percent(dead)] as [string, string]]),
];

/** The same for all layers as a table, for keyboards and screen readers. */
export function LayerStatsTable() {
  const layerStats = useLayerStats(true);
  if (!layerStats) return <p className={styles.faint}>{text.layerStats.none}</p>;
  return (
    <div className={styles.layerStats} tabIndex={0} role="region" aria-label={text.layerStats.table}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.layerStats.strategy}</th>
            <th scope="col">{text.layerStats.layerHead}</th>
            <th scope="col">{text.layerStats.weights}</th>
            <th scope="col">{text.layerStats.gradient}</th>
            <th scope="col">{text.layerStats.change}</th>
            <th scope="col">{text.layerStats.dead}</th>
          </tr>
        </thead>
        <tbody>
          {layerStats.flatMap(({ id, layers }) =>
            layers.map(({ weights, gradient, change, dead }, layer) => (
              <tr key={`${id} ${layer}`}>
                <th scope="row">{STRATEGIES[id].label}</th>
                <td>{layer + 1}</td>
                <td>{significant(weights)}</td>
                <td>{gradient === null ? '–' : significant(gradient)}</td>
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
