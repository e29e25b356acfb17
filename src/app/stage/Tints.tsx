import { networkText as text } from '../text/network.ts';
import type { Frame } from './drawing.ts';
import type { Shape } from './shape.ts';
import styles from './drawing.module.css';

/** Pixels that a device's name needs, in place of its number alone. */
const ROOM_FOR_NAME = 84;
/** A sheet lies this much lower than the one behind it; more of them than this say nothing more. */
const SHEET = 5;
const SHEETS = 4;

interface TintsProps {
  readonly shape: Shape;
  /** Devices of the strategy that is drawn. */
  readonly devices: number;
  readonly frame: Frame;
  /** Horizontal places of the cuts. */
  readonly places: readonly number[];
  /** How much of the time each device works, 0 … 1: its tint is as strong. */
  readonly shares: readonly number[];
  readonly lost: readonly number[];
}

/** The devices behind the layers: side by side, sheets that lie on each other, bands across every layer, or one. */
export function Tints({ shape, devices, frame, places, shares, lost }: TintsProps) {
  const { width, height } = frame;
  switch (shape) {
    case 'apart':
    case 'stages':
    case 'forward':
    case 'handed':
    case 'blocks': {
      const edges = [0, ...places, width];
      return edges.slice(1).map((to, rank) => {
        const from = edges[rank] + (rank > 0 ? 3 : 0);
        return (
          <Device
            key={rank}
            {...{ rank, from }}
            to={to - (rank < places.length ? 3 : 0)}
            top={0}
            bottom={height}
            share={shares[rank] ?? 0}
            lost={lost.includes(rank)}
            short={frame.narrow && rank > 0}
          />
        );
      });
    }
    case 'copies':
      return Array.from({ length: Math.min(SHEETS, devices) }, (_, rank) => (
        <Device
          key={rank}
          rank={rank}
          from={0}
          to={width}
          top={SHEET * rank}
          bottom={height}
          share={shares[rank] ?? 0}
          lost={lost.includes(rank)}
          name={rank === Math.min(SHEETS, devices) - 1 ? text.copies(devices) : ''}
        />
      ));
    case 'shares': {
      const high = height / devices;
      return Array.from({ length: devices }, (_, rank) => (
        <Device
          key={rank}
          rank={rank}
          from={0}
          to={width}
          top={high * rank}
          bottom={high * (rank + 1)}
          share={shares[rank] ?? 0}
          lost={lost.includes(rank)}
          name={rank === 0 ? text.shares(devices) : ''}
        />
      ));
    }
    case 'whole':
    case 'joined':
      return (
        <Device
          rank={null}
          from={0}
          to={width}
          top={0}
          bottom={height}
          share={shares[0] ?? 0}
          lost={lost.includes(0)}
          name={frame.narrow ? text.device(0) : text.holdsAll}
        />
      );
  }
}

interface DeviceProps {
  /** None: it has every layer to itself, in the strategy's own colour. */
  readonly rank: number | null;
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly bottom: number;
  readonly share: number;
  readonly lost: boolean;
  readonly name?: string;
  /** Whether its number alone must do. */
  readonly short?: boolean;
}

function Device({ rank, from, to, top, bottom, share, lost, name, short = false }: DeviceProps) {
  const colour = rank === null ? 'var(--drawn)' : `var(--device-${rank % 6})`;
  const own = name ?? (short || to - from < ROOM_FOR_NAME ? String((rank ?? 0) + 1) : text.device(rank ?? 0));
  return (
    <g style={{ color: colour }}>
      <rect className={styles.ground} x={from} y={top} width={to - from} height={bottom - top} />
      <rect
        className={styles.tint}
        x={from}
        y={top}
        width={to - from}
        height={bottom - top}
        style={{ fillOpacity: 0.1 + 0.07 * share }}
      />
      {lost && (
        <>
          <pattern id={`lost-${rank}`} width="9" height="9" patternUnits="userSpaceOnUse">
            <path className={styles.hatch} d="M0 9L9 0" />
          </pattern>
          <rect fill={`url(#lost-${rank})`} x={from} y={top} width={to - from} height={bottom - top} />
        </>
      )}
      <path className={styles.edge} d={`M${from} ${top + 1.5}H${to}`} />
      {own && (
        <text className={styles.deviceName} x={from + 10} y={top + 17}>
          {lost ? text.isLost(own) : own}
        </text>
      )}
    </g>
  );
}
