import { memo, useEffect, useRef, type PointerEvent } from 'react';
import { SPAN_KINDS, type Span } from '../../../devices/spans.ts';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import type { StrategyState } from '../../../session/state.ts';
import { LineSample } from '../../controls/LineSample.tsx';
import { percent, significant } from '../../format.ts';
import { lanesText as text } from '../../text/lanes.ts';
import styles from './lanes.module.css';
import {
  along,
  comb,
  endOf,
  known,
  lastSteps,
  panned,
  restsOf,
  sharesOf,
  spanAt,
  ticks,
  turnsOf,
  within,
  zoomed,
  type Shares,
  type Stretch,
} from './lanes.ts';

/** A share of the width below which a label inside a span could not be read. */
const LABEL_SHARE = 0.018;
const ZOOM = 1.6;
const STEP = 0.25;

interface Listeners {
  readonly wheel: (event: WheelEvent) => void;
  readonly keydown: (event: KeyboardEvent) => void;
}

/**
 * What one device did: an element per kind of work, cut to the shape of its spans, and the labels that can be read.
 * An element per span would be thousands of them, made anew several times a second.
 */
const Lane = memo(function Lane({
  spans,
  turns,
  shown,
}: {
  readonly spans: readonly Span[];
  readonly turns: readonly Stretch[];
  readonly shown: Stretch;
}) {
  const rests = restsOf(spans, turns);
  const length = shown.to - shown.from;
  const visible = within(spans, shown);
  const kinds = SPAN_KINDS.filter((kind) => visible.some((span) => span.kind === kind));
  const labelled = visible.filter(
    ({ kind, start, end, label }) => label && kind !== 'wait' && (end - start) / length > LABEL_SHARE,
  );
  return (
    <div className={styles.lane}>
      {(['done', 'core'] as const).map((name) => {
        const there = within(rests[name].map(asSpan), shown);
        if (there.length === 0) return null;
        return <i key={name} className={styles[name]} style={{ clipPath: comb(there, shown) }} />;
      })}
      {kinds.map((kind) => (
        <i
          key={kind}
          className={styles[kind]}
          style={{
            clipPath: comb(
              visible.filter((span) => span.kind === kind),
              shown,
            ),
          }}
        />
      ))}
      {labelled.map(({ kind, start, end, label }) => (
        <span
          key={`${kind} ${start} ${label}`}
          style={{
            insetInlineStart: `${(100 * (start - shown.from)) / length}%`,
            inlineSize: `${(100 * (end - start)) / length}%`,
          }}
        >
          {label}
        </span>
      ))}
    </div>
  );
});

const asSpan = ({ from, to }: Stretch): Span => ({ kind: 'wait', start: from, end: to });

const NONE: Stretch = { from: 0, to: 1 };

interface LaneChartProps extends Pick<StrategyState, 'id'> {
  readonly devices: readonly Pick<StrategyState['devices'][number], 'rank' | 'spans'>[];
  /** What is shown, in milliseconds before the end of what is shown at first; null for that. */
  readonly view: Stretch | null;
  /** Milliseconds that all strategies show at first; null where each shows its own last steps. */
  readonly length: number | null;
  /** Whose view its tools change; null where others have the tools for all. */
  readonly tools: string | null;
  readonly onView: (view: Stretch | null) => void;
}

/** One strategy: a lane per device over one stretch of time. */
export function LaneChart({ id, devices, view, length: common, tools, onView }: LaneChartProps) {
  const lanes = devices.map(({ spans }) => spans);
  const all = known(lanes);
  const newest = lastSteps(lanes);
  const turns = turnsOf(lanes);
  const end = common === null ? (newest?.to ?? 0) : endOf(lanes, common);
  const setChosen = (to: Stretch | null) => onView(to && { from: to.from - end, to: to.to - end });
  const frame = useRef<HTMLDivElement>(null);
  const drag = useRef<{ x: number; from: Stretch } | null>(null);
  const shown = view && newest ? { from: end + view.from, to: end + view.to } : newest;

  const move = (change: (now: Stretch, whole: Stretch) => Stretch) => {
    if (shown && all) setChosen(change(shown, all));
  };
  // React's wheel listeners are passive and could not keep the page from zooming.
  const listeners = useRef<Listeners>({ wheel: () => {}, keydown: () => {} });
  useEffect(() => {
    const element = frame.current;
    const wheel = (event: WheelEvent) => listeners.current.wheel(event);
    const keydown = (event: KeyboardEvent) => listeners.current.keydown(event);
    element?.addEventListener('wheel', wheel, { passive: false });
    element?.addEventListener('keydown', keydown);
    return () => {
      element?.removeEventListener('wheel', wheel);
      element?.removeEventListener('keydown', keydown);
    };
  }, []);
  const fromRight = () => frame.current!.matches(':dir(rtl)');
  const placeOf = (x: number) => along(x, frame.current!.getBoundingClientRect(), fromRight());
  const earlier = () => move((now, whole) => panned(now, whole, -STEP));
  const later = () => move((now, whole) => panned(now, whole, STEP));
  const farther = () => move((now, whole) => zoomed(now, whole, 1 / ZOOM));
  const closer = () => move((now, whole) => zoomed(now, whole, ZOOM));
  const last = () => setChosen(null);
  useEffect(() => {
    listeners.current = {
      wheel(event) {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        const at = placeOf(event.clientX);
        move((now, whole) => zoomed(now, whole, event.deltaY < 0 ? ZOOM : 1 / ZOOM, at));
      },
      keydown(event) {
        const keys: Readonly<Record<string, () => void>> = {
          ArrowLeft: fromRight() ? later : earlier,
          ArrowRight: fromRight() ? earlier : later,
          '-': farther,
          '+': closer,
          '=': closer,
          '0': last,
        };
        if (event.ctrlKey || event.metaKey || !(event.key in keys)) return;
        event.preventDefault();
        keys[event.key]();
      },
    };
  });

  const label = STRATEGIES[id].label;
  // Before there is anything: the same lanes, empty.
  const stretch = shown ?? NONE;
  const shares = lanes.map((spans) => sharesOf(spans, turns, stretch));
  const busy = shares.map((share) => percent(share.busy));
  const whole = (of: keyof Shares) =>
    shares.reduce((sum, share) => sum + share[of], 0) / Math.max(1, shares.length);
  const [bubble, core, done] = [percent(whole('data')), percent(whole('core')), percent(whole('done'))];
  const length = stretch.to - stretch.from;

  /** Says what is under the pointer. */
  const name = ({ clientX, clientY }: PointerEvent) => {
    const { top } = frame.current!.getBoundingClientRect();
    const lane = frame.current!.firstElementChild!.getBoundingClientRect();
    const spans = lanes[Math.floor((clientY - top) / (lane.height + 2 * (lane.top - top)))] ?? [];
    const found = spanAt(spans, stretch.from + placeOf(clientX) * length);
    frame.current!.title = found
      ? text.span(text.kinds[found.kind], found.label ?? '', significant(found.end - found.start))
      : '';
  };

  const actions: readonly [name: string, sign: string, run: () => void][] = [
    [text.earlier, '←', earlier],
    [text.later, '→', later],
    [text.farther, '−', farther],
    [text.closer, '+', closer],
  ];
  const pull = (event: PointerEvent) => {
    if (!drag.current || !all) return name(event);
    const { x, from } = drag.current;
    setChosen(panned(from, all, placeOf(x) - placeOf(event.clientX)));
  };

  return (
    <section className={styles.chart} aria-label={text.of(label)}>
      {tools !== null && (
        <div role="group" aria-label={text.tools(tools)} className={styles.tools} data-screen="">
          {actions.map(([name, sign, run]) => (
            <button key={name} type="button" aria-label={`${name}, ${tools}`} title={name} onClick={run}>
              <span>{sign}</span>
            </button>
          ))}
          <button type="button" onClick={last}>
            {text.last}
          </button>
        </div>
      )}
      <div className={styles.ruler} aria-hidden="true">
        {/* At the very end there is no room for a number. */}
        {shown &&
          ticks({ ...shown, to: shown.to - 0.04 * length }).map((ms, index) => (
            // One that stands elsewhere is another: none moves.
            <span key={`${ms} ${length}`} style={{ insetInlineStart: `${(100 * ms) / length}%` }}>
              {index === 0 ? text.milliseconds(significant(ms)) : significant(ms)}
            </span>
          ))}
      </div>
      <span className={styles.busyHead} aria-hidden="true">
        {text.busy}
      </span>
      <div className={styles.head}>
        <h3>
          <LineSample id={id} />
          {STRATEGIES[id].short}
        </h3>
        {shown && (
          <p className={styles.bubble} title={text.rests(bubble, core, done)}>
            <span className={styles.brief} aria-hidden="true">
              {devices.length > 1 && text.bubbles(bubble)}
            </span>
            <span className={styles.rests}>{text.rests(bubble, core, done)}</span>
          </p>
        )}
      </div>
      <ul className={styles.names}>
        {devices.map(({ rank }) => (
          <li key={rank}>
            <span className="visually-hidden">{text.device(rank)}</span>
            <span aria-hidden="true">{rank + 1}</span>
          </li>
        ))}
      </ul>
      <div
        ref={frame}
        className={styles.frame}
        role="img"
        aria-label={shown ? text.summary(label, busy, bubble) : `${label}: ${text.empty}`}
        tabIndex={0}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, from: stretch };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={pull}
        onPointerUp={() => (drag.current = null)}
        onPointerCancel={() => (drag.current = null)}
      >
        {lanes.map((spans, rank) => (
          <Lane key={rank} spans={spans} turns={turns} shown={stretch} />
        ))}
      </div>
      <ul className={styles.busy} aria-label={text.busy}>
        {shares.map((share, rank) => (
          <li key={rank}>{shown ? `${Math.round(100 * share.busy)}%` : '–'}</li>
        ))}
      </ul>
    </section>
  );
}
