import { describe, expect, it } from 'vitest';
import {
  bytes,
  bytesOnAxis,
  count,
  duration,
  flops,
  percent,
  percentOnAxis,
  significant,
  whole,
} from './format.ts';

describe('numbers on the page', () => {
  it.each([
    [bytes(0), '0 B'],
    [bytes(999), '999 B'],
    [bytes(1000), '1.00 kB'],
    [bytes(999_600), '1.00 MB'],
    [bytes(4_196_000), '4.20 MB'],
    [bytes(41_960_000), '42.0 MB'],
    [count(950), '950'],
    [count(1_457_000), '1.46 M'],
    [flops(8.7e8), '870 MFLOP'],
    [flops(1.03e9), '1.03 GFLOP'],
    [percent(0.97912), '97.9%'],
    [whole(12345.4), '12,345'],
    [duration(0.84), '0.8 s'],
    [duration(59.4), '59 s'],
    [duration(200), '3 min 20 s'],
    [duration(3900), '1 h 05 min'],
    [significant(0.00033412), '0.000334'],
    [significant(0.00000116), '1.16e-6'],
    [significant(-0.00005), '-5e-5'],
    [significant(0), '0'],
    [significant(NaN), '–'],
    [bytesOnAxis(0), '0 B'],
    [bytesOnAxis(500_000_000), '500 MB'],
    [bytesOnAxis(10_000_000), '10 MB'],
    [bytesOnAxis(2_500_000), '2.5 MB'],
    [percentOnAxis(0.75), '75%'],
    [percentOnAxis(0.975), '97.5%'],
  ])('%s', (actual, expected) => expect(actual).toBe(expected));
});
