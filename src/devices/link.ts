/**
 * A channel between two devices. Tensors go straight from worker to worker as transferred buffers, never through
 * the page. Every send is counted; every wait is a span.
 *
 * Messages carry the number of the job they belong to: what is still on its way when a job is stopped must not be taken
 * for the next one's.
 */
import type { SpanRecorder } from './spans.ts';
import type { TrafficLedger, TrafficPhase } from './traffic.ts';

export type Tensor = Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

interface Message {
  readonly job: number;
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

/** A link as one job sees it. */
export interface Channel {
  /**
   * Sends tensors; their buffers move, so the sender must not use them again. Messages with one tag arrive in order.
   * A view of a larger buffer is copied first, so that its neighbours stay. Throws AbortError once the job is stopped.
   */
  send(phase: TrafficPhase, tag: string, tensors: readonly Tensor[]): void;
  /** Sends a message that carries nothing: it sets a pace, as a link's own flow control does, and is not counted. */
  signal(tag: string): void;
  /** The job's next message with this tag; rejects with AbortError when the job is stopped first. */
  receive(tag: string): Promise<Tensor[]>;
}

export class Link {
  readonly peer: number;
  private readonly port: LinkPort;
  private readonly traffic: TrafficLedger;
  private readonly spans: SpanRecorder;
  /** Messages no one waits for yet, by job and tag: a peer may be a job ahead. */
  private readonly arrived = new Map<number, Map<string, Tensor[][]>>();
  /** Of the job in hand. */
  private readonly waiting = new Map<string, ((tensors: Tensor[]) => void)[]>();
  private job = -1;
  private channel: Channel | null = null;

  constructor(peer: number, port: LinkPort, traffic: TrafficLedger, spans: SpanRecorder) {
    this.peer = peer;
    this.port = port;
    this.traffic = traffic;
    this.spans = spans;
    port.addEventListener('message', ({ data }: MessageEvent<Message>) => this.take(data));
    port.start();
  }

  /** The link for one job; messages of earlier jobs are let go, those on their way too. */
  of(job: number, signal: AbortSignal): Channel {
    if (this.channel && this.job === job) return this.channel;
    this.job = job;
    this.waiting.clear();
    for (const earlier of [...this.arrived.keys()]) if (earlier < job) this.arrived.delete(earlier);
    return (this.channel = {
      send: (phase, tag, tensors) => {
        signal.throwIfAborted();
        this.send(phase, { job, tag, tensors: tensors.map(owned) });
      },
      signal: (tag) => {
        signal.throwIfAborted();
        this.port.postMessage({ job, tag, tensors: [] } satisfies Message, []);
      },
      receive: async (tag) => {
        signal.throwIfAborted();
        return this.next(job, tag) ?? this.spans.waiting(() => this.wait(tag, signal), tag);
      },
    });
  }

  close(): void {
    this.port.close();
  }

  private take({ job, tag, tensors }: Message): void {
    if (job < this.job) return;
    const taker = job === this.job ? this.waiting.get(tag)?.shift() : undefined;
    if (taker) return taker(tensors);
    const tags = this.arrived.get(job) ?? new Map<string, Tensor[][]>();
    this.arrived.set(job, tags);
    const queue = tags.get(tag);
    if (queue) queue.push(tensors);
    else tags.set(tag, [tensors]);
  }

  /** What has arrived already, or null. */
  private next(job: number, tag: string): Tensor[] | null {
    const tags = this.arrived.get(job);
    const queue = tags?.get(tag);
    if (!tags || !queue) return null;
    const tensors = queue.shift()!;
    if (queue.length === 0) tags.delete(tag);
    return tensors;
  }

  private send(phase: TrafficPhase, message: Message): void {
    const bytes = message.tensors.reduce((sum, tensor) => sum + tensor.byteLength, 0);
    this.traffic.sent(phase, this.peer, bytes);
    this.port.postMessage(
      message,
      message.tensors.map((tensor) => tensor.buffer),
    );
  }

  private wait(tag: string, signal: AbortSignal): Promise<Tensor[]> {
    return new Promise((resolve, reject) => {
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

/** The tensor on a buffer of its own. */
const owned = (tensor: Tensor): Tensor =>
  tensor.byteLength === tensor.buffer.byteLength ? tensor : (tensor.slice() as Tensor);
