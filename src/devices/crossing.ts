/** What crossed the cuts of a network whose parts lie on devices in order: rank 0 has the first layers. */
import type { TrafficPhase, TrafficReading } from './traffic.ts';

/**
 * Bytes over each cut, both directions together. Cut `i` lies between ranks `i` and `i + 1`; what is sent past several
 * devices crosses every cut between them.
 *
 * @param sent What each rank sent, by the rank it went to.
 */
export function bytesAtCuts(sent: readonly TrafficReading[], cuts: number, phase: TrafficPhase): number[] {
  const crossed = Array.from({ length: cuts }, () => 0);
  sent.forEach((reading, from) => {
    for (const [peer, { bytes }] of Object.entries(reading[phase])) {
      const to = Number(peer);
      for (let cut = Math.min(from, to); cut < Math.min(cuts, Math.max(from, to)); cut++)
        crossed[cut] += bytes;
    }
  });
  return crossed;
}
