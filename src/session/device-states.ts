/** What is known of a strategy's devices: read after each thing they do, kept as spans and levels of memory. */
import { NOTHING_READ, type DeviceReading } from '../devices/reading.ts';
import type { Span } from '../devices/spans.ts';
import { totalTraffic, TRAFFIC_PHASES, type TrafficPhase } from '../devices/traffic.ts';
import type { StrategyRun } from '../strategies/contract.ts';
import { withLevel, type Doing, type MemoryLevel } from './memory-levels.ts';
import type { DeviceState } from './state.ts';

/** Spans kept per device for the lanes. */
const KEPT_SPANS = 500;

export class DeviceStates {
  levels: readonly MemoryLevel[] = [];
  /** Spans that were read and not shown yet, by reading and rank. */
  private unseen: (readonly (readonly Span[])[])[] = [];

  /** Reads all devices after they have done something. @param step Steps done by then. */
  async read({ devices }: StrategyRun, doing: Doing, step: number): Promise<DeviceReading[]> {
    const readings = await Promise.all(devices.map((device) => device.read()));
    const moments = readings.map(({ fullest }) => fullest);
    this.levels = withLevel(this.levels, { doing, step, devices: moments });
    this.unseen.push(readings.map(({ spans }) => spans));
    return readings;
  }

  /** The devices as they were just read. @param before As they were shown last. */
  shown(run: StrategyRun, readings: readonly DeviceReading[], before: readonly DeviceState[]): DeviceState[] {
    const unseen = this.unseen.splice(0);
    return readings.map(({ memory, traffic, spent, tuned }, rank) => {
      const earlier: readonly Span[] = before[rank]?.spans ?? [];
      const spans = unseen.flatMap((reading) => reading[rank] ?? []);
      const sent = (phase: TrafficPhase) => totalTraffic([traffic], phase);
      return {
        rank,
        about: run.devices[rank].about,
        tuned,
        spent,
        memory,
        sent: Object.fromEntries(TRAFFIC_PHASES.map((phase) => [phase, sent(phase)])) as DeviceState['sent'],
        sentTo: traffic,
        spans: [...earlier, ...spans].slice(-KEPT_SPANS),
        lost: run.lost.get(rank) ?? null,
      };
    });
  }
}

/** The devices as they were, but for what is lost: it holds nothing any more. */
export const withoutLost = ({ lost }: StrategyRun, devices: readonly DeviceState[]): DeviceState[] =>
  devices.map((device) => {
    const why = lost.get(device.rank);
    return why === undefined ? device : { ...device, memory: NOTHING_READ.memory, lost: why };
  });
