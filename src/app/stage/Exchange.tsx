import type { StrategyId } from '../../experiment/strategies.ts';
import type { Bar, Frame } from './drawing.ts';
import { Packets } from './Packets.tsx';
import { waysAtCuts, type Shape } from './shape.ts';

interface ExchangeProps {
  readonly strategy: StrategyId;
  readonly shape: Shape;
  readonly devices: number;
  readonly frame: Frame;
  readonly bars: readonly Bar[];
  /** Horizontal places of the cuts. */
  readonly places: readonly number[];
}

/** What devices send each other while they train, on its way in the drawing. Nothing where pieces train alone. */
export function Exchange({ strategy, shape, devices, frame, bars, places }: ExchangeProps) {
  const ways = waysAtCuts(shape);
  if (ways) {
    return places.map((x, cut) => {
      const before = bars.findLast((bar) => bar.x < x)!;
      const after = bars.find((bar) => bar.x > x)!;
      const y = before.y + before.height / 2;
      return (
        <Packets
          key={cut}
          strategy={strategy}
          rank={cut}
          from={[before.x + before.width + 4, y]}
          to={[after.x - 4, y]}
          apart={Math.min(12, 0.3 * Math.min(before.height, after.height))}
          size={[12, 10]}
          back={ways === 'both'}
          moving={ways !== 'once'}
        />
      );
    });
  }
  if (devices > 1 && (shape === 'copies' || shape === 'shares')) {
    // Between the sheets, which lie on each other, or the bands: up and down, in the middle of the layers.
    const middle = Math.floor(bars.length / 2);
    const x = (bars[middle - 1].x + bars[middle].x + frame.bar) / 2;
    const to = shape === 'shares' ? frame.height - 6 : frame.height - frame.bottom;
    return (
      <Packets strategy={strategy} rank={0} from={[x, to]} to={[x, 2]} apart={9} size={[12, 10]} moving />
    );
  }
  return null;
}
