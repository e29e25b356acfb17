import { describe, expect, it } from 'vitest';
import { LABEL_CODES } from './codes.ts';
import { deadBoundary, deadFraction, duplicateLabels, unreachableLabels } from './diagnostics.ts';
import { labelTable } from './generate.ts';

const table = (width: number, ...values: number[]) => ({
  classes: values.length / width,
  width,
  values: Float32Array.from(values),
});

describe('duplicate labels', () => {
  it('are named, the nearly equal ones too', () => {
    const { pairs, message } = duplicateLabels(table(2, 1, 1, -1, 1, 1.01, 1, -1, -1));
    expect(pairs).toEqual([[0, 2]]);
    expect(message).toContain('Classes 0 and 2 have nearly the same label vector, so');
  });

  it('are counted where there are many', () => {
    const { pairs, message } = duplicateLabels(table(1, 1, 1, 1, -1));
    expect(pairs).toHaveLength(3);
    expect(message).toContain('(and 2 more such pairs)');
    expect(duplicateLabels(table(1, 5, 5, 5)).pairs).toHaveLength(3);
  });

  it.each(LABEL_CODES)('do not occur in %s labels of usual size', (code) => {
    const labels = labelTable({ classes: 62, width: 128, code, scale: 1, sparsity: 0.1 }, 3, 0);
    expect(duplicateLabels(labels)).toEqual({ pairs: [], message: null });
  });

  it('do occur where the boundary has fewer units than one-hot labels need', () => {
    const labels = labelTable({ classes: 10, width: 8, code: 'one-hot', scale: 1, sparsity: 0.1 }, 3, 0);
    expect(duplicateLabels(labels).pairs).toEqual([
      [0, 8],
      [1, 9],
    ]);
  });

  it('need two classes', () => {
    expect(duplicateLabels(table(2, 1, 1)).message).toBeNull();
  });
});

describe('labels out of reach', () => {
  it('are negative ones before a ReLU', () => {
    expect(unreachableLabels(table(2, 1, -1, 2, 3), 'relu')).toContain(
      '25% of the label entries are negative',
    );
    expect(unreachableLabels(table(2, 1, -1, 2, 3), 'linear')).toBeNull();
    expect(unreachableLabels(table(2, 1, 0, 2, 3), 'relu')).toBeNull();
  });
});

describe('a dead boundary', () => {
  it('is one whose units answer 0 to everything', () => {
    const activations = new Float32Array(5 * 20);
    activations[3 * 20 + 7] = 1;
    expect(deadFraction(activations, 20)).toBeCloseTo(0.95, 12);
    expect(deadBoundary(activations, 20)).toContain('95% of the units');
  });

  it('is not one that is mostly 0, each unit for other samples, as sparse labels are', () => {
    const activations = new Float32Array(100 * 50);
    for (let sample = 0; sample < 100; sample++) activations[sample * 50 + (sample % 50)] = 1;
    expect(deadFraction(activations, 50)).toBe(0);
    expect(deadBoundary(activations, 50)).toBeNull();
  });

  it('needs activations', () => {
    expect(deadFraction([], 20)).toBe(0);
  });
});
