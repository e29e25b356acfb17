/** What a link keeps from one job to the next: nothing. */
import { expect, it } from 'vitest';
import { Link, type LinkPort } from './link.ts';
import { SpanRecorder } from './spans.ts';
import { TrafficLedger } from './traffic.ts';

/** A link whose messages come when the test says. */
function link() {
  let arrive: (data: unknown) => void = () => {};
  const port: LinkPort = {
    postMessage() {},
    addEventListener(_type, listener) {
      arrive = (data) => listener({ data } as MessageEvent);
    },
    start() {},
    close() {},
  };
  const made = new Link(1, port, new TrafficLedger(), new SpanRecorder());
  return {
    of: (job: number, signal = new AbortController().signal) => made.of(job, signal),
    arrive: (job: number, value: number) => arrive({ job, tag: 'number', tensors: [Float32Array.of(value)] }),
  };
}

const number = async (waiting: Promise<unknown>) => [...((await waiting) as [Float32Array])[0]];

it('whoever still waits for an earlier job takes nothing from the next', async () => {
  const { of, arrive } = link();
  // The job failed elsewhere: nobody stopped this wait.
  void of(1).receive('number');
  const second = of(2);
  const waiting = second.receive('number');
  arrive(2, 7);
  expect(await number(waiting)).toEqual([7]);
});

it('messages nobody took are let go with their job, and later ones stay', async () => {
  const { of, arrive } = link();
  of(1);
  arrive(1, 10);
  arrive(2, 20);
  arrive(3, 30);
  expect(await number(of(2).receive('number'))).toEqual([20]);
  expect(await number(of(3).receive('number'))).toEqual([30]);
  const again = of(1).receive('number');
  arrive(1, 11);
  expect(await number(again)).toEqual([11]);
});

it('one who stopped waiting takes nothing from those behind', async () => {
  const { of, arrive } = link();
  const stop = new AbortController();
  const channel = of(1, stop.signal);
  const stopped = channel.receive('number');
  stop.abort(new Error('The run was stopped.'));
  await expect(stopped).rejects.toThrow('The run was stopped.');
  await expect(channel.receive('number')).rejects.toThrow('The run was stopped.');
  arrive(1, 1);
  const next = of(2).receive('number');
  arrive(2, 2);
  expect(await number(next)).toEqual([2]);
});
