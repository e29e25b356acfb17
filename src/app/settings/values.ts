import { STRATEGY_IDS } from '../../experiment/strategies.ts';
import { FIELDS } from '../../experiment/table.ts';
import { middle } from '../../messages/middle.ts';
import { whole } from '../format.ts';
import type { Section } from '../shell/panes.ts';
import { useSession } from '../store/context.tsx';
import { screenText } from '../text/screen.ts';
import { presetOf } from './presets.ts';

const text = screenText.settings;

/** What each section of the settings says when it is shut. */
export function useValues(): Readonly<Record<Section, string>> {
  const experiment = useSession((state) => state.experiment);
  const dataset = useSession((state) => state.dataset);
  const weights = useSession((state) => state.weights);
  const { strategies, layers, cuts, epochs, batch, optimizer, code } = experiment;
  const [first] = layers;
  const same = first !== 'ln' && layers.every((layer) => layer === first);
  const listed = layers.map((layer) => (layer === 'ln' ? text.normalised : layer)).join(' · ');
  const nameOf = <T extends string>(
    choices: readonly { readonly id: T; readonly label: string }[],
    value: T,
  ) => choices.find(({ id }) => id === value)?.label ?? value;
  return {
    start: presetOf(experiment)?.label ?? text.own,
    data: dataset ? text.images(middle(dataset.name), whole(dataset.train.count)) : text.noData,
    strategies: text.strategies(strategies.length, STRATEGY_IDS.length),
    layers: text.layers(same ? text.same(layers.length, first) : listed, cuts),
    training: text.training(epochs, batch, nameOf(FIELDS.optimizer.choices, optimizer)),
    labels: [...new Set(code)].map((one) => nameOf(FIELDS.code.choices, one)).join(', '),
    weights: weights ? middle(weights.name) : text.seedWeights,
    more: text.moreNote,
  };
}
