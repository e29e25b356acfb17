/** What is measured on a device, and what is left of it when the device is gone. */
import type { TunedProduct } from '../engines/contract.ts';
import { Ledger, type MemoryMoment, type MemoryReading } from '../engines/ledger.ts';
import { addTotals, SpanRecorder, type Span, type SpanTotals } from './spans.ts';
import { addTraffic, TrafficLedger, type TrafficReading } from './traffic.ts';

/** Everything measured on a device, in one message. Spans are those since the last reading. */
export interface DeviceReading {
  readonly memory: MemoryReading;
  /** The fullest moment since the last reading. */
  readonly fullest: MemoryMoment;
  readonly traffic: TrafficReading;
  readonly spans: readonly Span[];
  /** Milliseconds spent on each kind of work since the device was opened. */
  readonly spent: SpanTotals;
  /** Kernels the engine chose by trying. */
  readonly tuned: readonly TunedProduct[];
}

export const NOTHING_READ: DeviceReading = {
  memory: new Ledger().read(),
  fullest: new Ledger().takeFullest(),
  traffic: new TrafficLedger().read(),
  spans: [],
  spent: new SpanRecorder().totals(),
  tuned: [],
};

/** What a lost device still answers: it holds nothing and does nothing, but what it sent and did stays so. */
export const leftOf = ({ traffic, spent }: DeviceReading): DeviceReading => ({
  ...NOTHING_READ,
  traffic,
  spent,
});

/** A device's reading, with what the one before it in its place had sent and done. */
export const after = (before: DeviceReading, reading: DeviceReading): DeviceReading => ({
  ...reading,
  traffic: addTraffic(before.traffic, reading.traffic),
  spent: addTotals(before.spent, reading.spent),
});
