import { analysis } from '../../analysis/client.ts';
import type { Prediction } from '../../analysis/serve.ts';
import type { Dataset } from '../../data/dataset.ts';
import { labelled, STRATEGIES, STRATEGY_IDS, type StrategyId } from '../../experiment/strategies.ts';
import type { SessionState } from '../../session/state.ts';
import { pickCharacter, testCharacter, useCharacter, type Shown } from '../asking/character.ts';
import { useNetworks } from '../asking/networks.ts';
import { useAnswer } from '../asking/useAnswer.ts';
import { useVisible } from '../asking/useVisible.ts';
import { Character } from '../controls/Character.tsx';
import { percent } from '../format.ts';
import { useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import { cutX, gapOf, stripOf, type Bar, type Frame } from './drawing.ts';
import styles from './passage.module.css';
import { UnitStrip } from './UnitStrip.tsx';

/** Probability of a class beside the likeliest that is worth a line. */
const WORTH_SAYING = 0.005;

/** Pixels between two bars that a letter beside a cut's labels needs. */
const ROOM_FOR_LETTER = 40;

interface ForwardPassViewProps {
  readonly frame: Frame;
  /** One per level: the image, the hidden layers, the classes. */
  readonly bars: readonly Bar[];
}

/** A character and what a network made of it. */
interface Passed {
  readonly shown: Shown;
  readonly way: StrategyId;
  readonly trained: boolean;
  readonly verdict: Prediction;
}

/** A character on its way through a trained network, drawn over the bars. New numbers come as it trains. */
export function ForwardPassView({ frame, bars }: ForwardPassViewProps) {
  const [place, visible] = useVisible<HTMLDivElement>();
  const dataset = useSession((state) => state.dataset);
  const recorded = useSession((state) => state.recording !== null);
  const way = useSession(({ strategies }) => followed(strategies));
  const chosen = useCharacter(dataset);
  const plan = useSession((state) => state.plan);
  const networks = useNetworks(visible && !recorded && way !== null, way ?? 'all');
  const known = way !== null && [...networks.ids, ...networks.untrained].includes(way);
  const there = dataset !== null && known && networks.plan === plan && !recorded;
  const key = chosen?.key ?? 0;
  const passed = useAnswer(there ? `${way} ${networks.version} ${dataset.name} ${key}` : null, async () => {
    const shown = chosen ?? { ...testCharacter(dataset!, 0), key };
    const verdict = await analysis().classify(way!, shown.pixels);
    return { shown, way: way!, plan, trained: networks.ids.includes(way!), verdict };
  });
  // What a network of other settings said has no place in this drawing.
  const fits = passed !== null && passed.plan === plan;
  return (
    <div ref={place} data-screen="">
      {dataset && fits ? (
        <Drawn {...passed} {...{ frame, bars, dataset }} />
      ) : (
        !recorded && (
          <p className={styles.note} dir="auto">
            {text.passage.before} {text.passage.units}
          </p>
        )
      )}
    </div>
  );
}

interface DrawnProps extends ForwardPassViewProps, Passed {
  readonly dataset: Dataset;
}

function Drawn({ frame, bars, dataset, shown, way, trained, verdict }: DrawnProps) {
  const cuts = useSession((state) => state.experiment.cuts);
  const { probabilities, answers, nearest } = verdict;
  const [said, ...others] = [...probabilities.keys()]
    .sort((a, b) => probabilities[b] - probabilities[a])
    .slice(0, 3);
  const runnersUp = frame.narrow ? [] : others.filter((label) => probabilities[label] >= WORTH_SAYING);
  const [input, ...hidden] = bars;
  const output = hidden.pop()!;
  const strip = stripOf(frame);
  const roomy = gapOf(bars.length, frame) >= ROOM_FOR_LETTER;
  const { characters, classes } = dataset;
  const { truth } = shown;
  const mark = truth === null ? '' : said === truth ? text.passage.right : text.passage.wrong;
  return (
    <>
      <button
        type="button"
        className={styles.character}
        style={{ insetInlineStart: input.x + input.width / 2, insetBlockStart: input.y + input.height / 2 }}
        aria-label={text.passage.another}
        title={text.passage.another}
        onClick={() => pickCharacter(dataset)}
      >
        <Character pixels={shown.pixels} side={dataset.side} />
      </button>
      {hidden.map((bar, layer) => (
        <UnitStrip key={`${shown.key} ${layer}`} bar={bar} answers={answers[layer]} order={layer} />
      ))}
      {(roomy ? nearest : []).map(({ label }, index) => (
        <span
          key={index}
          className={styles.nearest}
          style={{
            insetInlineStart: cutX(cuts[index], bars.length, frame) - strip.width / 2,
            insetBlockStart: strip.y + (strip.height * (label + 0.5)) / classes,
          }}
          aria-hidden="true"
        >
          {characters[label]}
        </span>
      ))}
      <p
        className={truth === null ? styles.says : said === truth ? styles.right : styles.wrong}
        style={{ insetInlineStart: output.x + output.width / 2, insetBlockStart: output.y - 4 }}
        aria-hidden="true"
      >
        <b>
          {characters[said]} {mark}
        </b>
        {percent(probabilities[said])}
      </p>
      <p
        className={styles.others}
        style={{
          insetInlineStart: output.x + output.width / 2,
          insetBlockStart: output.y + output.height + 4,
        }}
        aria-hidden="true"
      >
        {runnersUp.map((label) => (
          <span key={label}>
            {characters[label]} {percent(probabilities[label])}
          </span>
        ))}
      </p>
      <p className={styles.note} dir="auto">
        {text.passage.says(
          truth === null ? null : characters[truth],
          trained ? text.passage.of(STRATEGIES[way].label) : text.passage.untrained,
          characters[said],
          percent(probabilities[said]),
        )}{' '}
        {text.passage.units} {roomy && nearest.length > 0 && text.passage.nearest}
      </p>
    </>
  );
}

/** The network that the drawing is of: that of the way that trains on labels, or of the first there is. */
function followed(strategies: SessionState['strategies']): StrategyId | null {
  const ids = STRATEGY_IDS.filter((id) => strategies[id] && strategies[id].status !== 'failed');
  return labelled(ids) ?? ids[0] ?? null;
}
