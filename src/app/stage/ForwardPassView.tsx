import type { Prediction } from '../../analysis/serve.ts';
import { useSession } from '../store/context.tsx';
import { useAnswers } from './answers.ts';
import { cutX, gapOf, stripOf, type Bar, type Frame } from './drawing.ts';
import styles from './forward-pass.module.css';
import { UnitStrip } from './UnitStrip.tsx';

/** Pixels between two bars that a letter beside a cut's labels needs. */
const ROOM_FOR_LETTER = 96;

interface ForwardPassViewProps {
  readonly frame: Frame;
  /** One per level: the image, the hidden layers, the classes. */
  readonly bars: readonly Bar[];
  /** Of the network that is drawn. */
  readonly prediction: Prediction;
  /** Whether the labels at the cuts are drawn: the letter beside them is the nearest one. */
  readonly labels: boolean;
}

/** A character on its way through the network, drawn over the bars. New numbers come as it trains. */
export function ForwardPassView({ frame, bars, prediction, labels }: ForwardPassViewProps) {
  const cuts = useSession((state) => state.experiment.cuts);
  const characters = useSession((state) => state.dataset?.characters) ?? [];
  const key = useAnswers((state) => state.shown?.key);
  const strip = stripOf(bars.length, frame);
  const roomy = labels && !frame.narrow && gapOf(bars.length, frame) >= ROOM_FOR_LETTER;
  return (
    <div data-screen="" aria-hidden="true">
      {bars.slice(1, -1).map((bar, layer) => (
        <UnitStrip key={`${key} ${layer}`} bar={bar} answers={prediction.answers[layer]} order={layer} />
      ))}
      {(roomy ? prediction.nearest : []).map(
        (nearest, index) =>
          nearest && (
            <b
              key={index}
              className={styles.nearest}
              style={{
                left: cutX(cuts[index], bars.length, frame) - strip.width / 2,
                translate: `0 ${strip.y + (strip.height * (nearest.label + 0.5)) / characters.length}px`,
              }}
            >
              {characters[nearest.label]}
            </b>
          ),
      )}
    </div>
  );
}
