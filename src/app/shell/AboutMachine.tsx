import { useEffect, useState } from 'react';
import type { EngineAbout, TunedProduct } from '../../engines/contract.ts';
import type { StrategyState } from '../../session/state.ts';
import { whyAlone, type Alone } from '../offline/why-alone.ts';
import { significant } from '../format.ts';
import { useSession } from '../store/context.tsx';
import { useStrategies } from '../store/strategies.ts';
import { shellText } from '../text/shell.ts';
import styles from './shell.module.css';

const text = shellText.machine;

/** What the engines run on, how fast each strategy was, and which kernels were chosen. */
export function AboutMachine() {
  const { chosen, abouts } = useSession((state) => state.engine);
  const strategies = useStrategies();
  const ran = Object.values(strategies).filter((strategy) => strategy !== undefined);
  if (abouts.length === 0) return chosen && <p className={styles.faint}>{text.later}</p>;
  return (
    <>
      {abouts.map((about) => (
        <Facts key={about.name} about={about} />
      ))}
      <Threads strategies={ran} />
      <Speeds strategies={ran} />
      <Kernels tuned={tunedIn(ran)} />
    </>
  );
}

function Facts({ about }: { about: EngineAbout }) {
  return (
    <section>
      <p>
        <strong>{about.name}</strong>
      </p>
      <dl>
        {Object.entries(about.details)
          .filter(([key]) => key !== THREADS)
          .map(([key, value]) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

/** The detail that differs from strategy to strategy, on one machine and engine. */
const THREADS = 'threads';

/** On how many threads each strategy's devices work, why, and what would change it. */
function Threads({ strategies }: { strategies: readonly StrategyState[] }) {
  const alone = useAlone();
  const cores = navigator.hardwareConcurrency;
  const counts = strategies.flatMap(({ id, devices }) => {
    const each = devices.flatMap(({ about }) => about.details[THREADS] ?? []);
    return each.length > 0 ? [{ id, each }] : [];
  });
  if (counts.length === 0) return null;
  return (
    <section>
      <h3>{text.threads}</h3>
      {alone !== undefined && (
        <p>{cores === 1 ? text.oneCore : alone ? text.alone[alone] : text.coresShared(cores)}</p>
      )}
      <dl>
        {counts.map(({ id, each }) => (
          <div key={id}>
            <dt>{text.strategy(id)}</dt>
            <dd>{text.threadsEach(each)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What keeps threads from sharing memory: null where they can, undefined until it is known. */
function useAlone(): Alone | null | undefined {
  const [alone, setAlone] = useState<Alone | null>();
  useEffect(() => {
    let shown = true;
    const workers = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
    const look = async () => {
      const why = await whyAlone({ crossOriginIsolated, framed: window.parent !== window }, workers);
      if (shown) setAlone(why);
    };
    void look();
    // A first visit's worker may come while this is looked at.
    void workers?.ready.then(look);
    return () => {
      shown = false;
    };
  }, []);
  return alone;
}

/** Matrix products done, over the strategy's own time. */
function Speeds({ strategies }: { strategies: readonly StrategyState[] }) {
  const speeds = strategies.flatMap(({ id, points, seconds }) => {
    const flops = points.at(-1)?.flops ?? 0;
    return flops > 0 && seconds > 0 ? [{ id, gflops: flops / seconds / 1e9 }] : [];
  });
  if (speeds.length === 0) return null;
  return (
    <section>
      <h3>{text.speed}</h3>
      <dl>
        {speeds.map(({ id, gflops }) => (
          <div key={id}>
            <dt>{text.strategy(id)}</dt>
            <dd>{text.gflops(significant(gflops))}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Kernels({ tuned }: { tuned: readonly TunedProduct[] }) {
  if (tuned.length === 0) return null;
  return (
    <section>
      <h3>{text.kernels}</h3>
      <dl>
        {tuned.map(({ product, rows, inputs, outputs, kernel, gflops }) => (
          <div key={keyOf({ product, rows, inputs, outputs })}>
            <dt>{text.product(product, rows, inputs, outputs)}</dt>
            <dd>
              {kernel}, {text.gflops(significant(gflops))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const keyOf = ({
  product,
  rows,
  inputs,
  outputs,
}: Pick<TunedProduct, 'product' | 'rows' | 'inputs' | 'outputs'>) =>
  `${product} ${rows} ${inputs} ${outputs}`;

/** Each product and shape once: devices of one machine choose alike. */
function tunedIn(strategies: readonly StrategyState[]): TunedProduct[] {
  const all = strategies.flatMap(({ devices }) => devices.flatMap(({ tuned }) => tuned));
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}
