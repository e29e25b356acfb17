/**
 * A channel between two devices. Tensors go straight from worker to worker as transferred buffers, never through
 * the page. Every send is counted; every wait is a span.
 */
import type { SpanRecorder } from './spans.ts';
import type { TrafficLedger, TrafficPhase } from './traffic.ts';

export type Tensor = Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

interface Parcel {
  readonly tag: string;
  readonly tensors: Tensor[];
}

/** The part of a MessagePort that is used; browsers' and Node's agree on it. */
export interface LinkPort {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  start(): void;
  close(): void;
}

export class Link {
  private readonly arrived = new Map<string, Tensor[][]>();
  private readonly waiting = new Map<string, ((tensors: Tensor[]) => void)[]>();
  readonly peer: number;
  private readonly port: LinkPort;
  private readonly traffic: TrafficLedger;
  private readonly spans: SpanRecorder;

  constructor(peer: number, port: LinkPort, traffic: TrafficLedger, spans: SpanRecorder) {
    this.peer = peer;
    this.port = port;
    this.traffic = traffic;
    this.spans = spans;
    port.addEventListener('message', ({ data }: MessageEvent<Parcel>) => {
      const taker = this.waiting.get(data.tag)?.shift();
      if (taker) return taker(data.tensors);
      const queue = this.arrived.get(data.tag);
      if (queue) queue.push(data.tensors);
      else this.arrived.set(data.tag, [data.tensors]);
    });
    port.start();
  }

  /**
   * Sends tensors; their buffers move, so the sender must not use them again. Parcels with one tag arrive in order.
   * A view of a larger buffer is copied first, so that its neighbours stay.
   */
  send(phase: TrafficPhase, tag: string, tensors: readonly Tensor[]): void {
    const owned = tensors.map((tensor) =>
      tensor.byteLength === tensor.buffer.byteLength ? tensor : (tensor.slice() as Tensor),
    );
    const bytes = owned.reduce((sum, tensor) => sum + tensor.byteLength, 0);
    this.traffic.sent(phase, this.peer, bytes);
    this.port.postMessage(
      { tag, tensors: owned } satisfies Parcel,
      owned.map((tensor) => tensor.buffer),
    );
  }

  /** The next parcel with this tag; rejects with AbortError when `signal` aborts first. */
  async receive(tag: string, signal: AbortSignal): Promise<Tensor[]> {
    const queue = this.arrived.get(tag);
    if (queue) {
      const tensors = queue.shift()!;
      if (queue.length === 0) this.arrived.delete(tag);
      return tensors;
    }
    return this.spans.during('wait', () => this.wait(tag, signal), tag);
  }

  /** Forgets parcels no one took, after an abort. */
  clear(): void {
    this.arrived.clear();
    this.waiting.clear();
  }

  close(): void {
    this.port.close();
  }

  private wait(tag: string, signal: AbortSignal): Promise<Tensor[]> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const abort = () => {
        const takers = this.waiting.get(tag) ?? [];
        this.waiting.set(
          tag,
          takers.filter((other) => other !== take),
        );
        reject(signal.reason);
      };
      const take = (tensors: Tensor[]) => {
        signal.removeEventListener('abort', abort);
        resolve(tensors);
      };
      signal.addEventListener('abort', abort, { once: true });
      const takers = this.waiting.get(tag);
      if (takers) takers.push(take);
      else this.waiting.set(tag, [take]);
    });
  }
}
