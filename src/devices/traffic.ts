/** What crossed the wire, and why. */

/**
 * - `training`: exchanged so that training can go on. SIL's is 0.
 * - `evaluation`: activations of test images through a joined network.
 * - `join`: parameters gathered to put partitions back together (recovery epochs, export).
 */
export const TRAFFIC_PHASES = ['training', 'evaluation', 'join'] as const;
export type TrafficPhase = (typeof TRAFFIC_PHASES)[number];

export interface TrafficCount {
  readonly bytes: number;
  readonly messages: number;
}

/** What one device sent, by phase and by the rank it went to. Bytes are those of the tensors. */
export type TrafficReading = Readonly<Record<TrafficPhase, Readonly<Record<number, TrafficCount>>>>;

/** One device's byte ledger. Sends count, receives do not, so that summing over devices counts nothing twice. */
export class TrafficLedger {
  private readonly counts: Record<TrafficPhase, Record<number, { bytes: number; messages: number }>> = {
    training: {},
    evaluation: {},
    join: {},
  };

  sent(phase: TrafficPhase, peer: number, bytes: number): void {
    const count = (this.counts[phase][peer] ??= { bytes: 0, messages: 0 });
    count.bytes += bytes;
    count.messages += 1;
  }

  read(): TrafficReading {
    return structuredClone(this.counts);
  }
}

/** Phase by phase and peer by peer. */
export function addTraffic(a: TrafficReading, b: TrafficReading): TrafficReading {
  const sum = structuredClone(a) as Record<TrafficPhase, Record<number, TrafficCount>>;
  for (const phase of TRAFFIC_PHASES) {
    for (const [peer, { bytes, messages }] of Object.entries(b[phase])) {
      const count = sum[phase][Number(peer)] ?? { bytes: 0, messages: 0 };
      sum[phase][Number(peer)] = { bytes: count.bytes + bytes, messages: count.messages + messages };
    }
  }
  return sum;
}

/** Sum over peers (and, given several readings, over devices) of one phase. */
export function totalTraffic(readings: readonly TrafficReading[], phase: TrafficPhase): TrafficCount {
  let bytes = 0;
  let messages = 0;
  for (const reading of readings) {
    for (const count of Object.values(reading[phase])) {
      bytes += count.bytes;
      messages += count.messages;
    }
  }
  return { bytes, messages };
}
