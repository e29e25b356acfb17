/**
 * How threads share a kernel's work: by what it writes, never by what it sums. Every number is then computed by the same
 * operations in the same order however many threads there are, and its bits are the same.
 */
import { applySlopes } from './activations';
import { clear, copy } from './blocks';
import { ARGUMENTS } from './control';
import * as kernels from './divided';
import { layerNorm, layerNormGradient, layerNormInputGradient, layerNormStatistics } from './layer-norm';
import { countLargest, countNearest } from './objectives';
import { update } from './optimizer';
import { peak } from './peak';
import { forward, inputGradient, weightGradient } from './products';
import { gatherImages, mixLabels } from './sources';

/** The kernel's argument number `index`. */
function whole(index: usize): i32 {
  return <i32>(<i64>load<f64>(ARGUMENTS + (index << 3)));
}

function address(index: usize): usize {
  return <usize>whole(index);
}

function real(index: usize): f32 {
  return <f32>load<f64>(ARGUMENTS + (index << 3));
}

/** How many panels, quads, samples or vectors a kernel is asked for: the argument that a share has less of. */
export function itemsOf(kernel: i32): i32 {
  switch (kernel) {
    case kernels.PEAK:
      return whole(0);
    case kernels.CLEAR:
      return whole(1);
    case kernels.COPY:
      return whole(2);
    case kernels.APPLY_SLOPES:
      return whole(3);
    case kernels.INPUT_GRADIENT:
    case kernels.LAYER_NORM_STATISTICS:
    case kernels.COUNT_LARGEST:
      return whole(4);
    case kernels.FORWARD:
    case kernels.LAYER_NORM_GRADIENT:
    case kernels.UPDATE:
      return whole(5);
    case kernels.LAYER_NORM:
      return whole(6);
    case kernels.LAYER_NORM_INPUT_GRADIENT:
    case kernels.GATHER_IMAGES:
    case kernels.COUNT_NEAREST:
      return whole(7);
    case kernels.MIX_LABELS:
      return whole(8);
    case kernels.WEIGHT_GRADIENT:
      return whole(9);
    default:
      return unreachable();
  }
}

/** How many of them must stay together, or are not worth parting: a microsecond's work or more. */
export function togetherOf(kernel: i32): i32 {
  switch (kernel) {
    case kernels.FORWARD:
    case kernels.WEIGHT_GRADIENT:
    case kernels.COUNT_NEAREST:
      return 1;
    case kernels.INPUT_GRADIENT:
      return 2;
    case kernels.APPLY_SLOPES:
    case kernels.COUNT_LARGEST:
      return 16;
    case kernels.PEAK:
      return 100;
    case kernels.UPDATE:
    case kernels.COPY:
    case kernels.CLEAR:
      return 1024;
    default:
      return 4;
  }
}

/**
 * Items `first` … `last` of what a kernel is asked for.
 * @param thread Which of the rooms is used where a kernel wants some of its own.
 * @returns What is to be added up, where the kernel returns a count.
 */
export function share(kernel: i32, first: i32, last: i32, thread: i32): i32 {
  const items = last - first;
  const from = <usize>first;
  const room = <usize>thread;
  switch (kernel) {
    case kernels.FORWARD: {
      const x = address(0);
      const w = address(1) + ((from * address(4)) << 7);
      const y = address(3) + 2 * from * address(6);
      const units = whole(9) - 8 * first;
      forward(x, w, address(2) + (from << 5), y, whole(4), items, address(6), whole(7), whole(8), units);
      return 0;
    }
    case kernels.INPUT_GRADIENT: {
      const w = address(1) + (from << 7);
      const skip = from * address(7);
      const panel = address(10) + ((room * address(5)) << 8);
      inputGradient(
        address(0),
        w,
        address(2) + skip,
        address(3) + skip,
        items,
        whole(5),
        address(6),
        address(7),
        whole(8),
        whole(9),
        panel,
      );
      return 0;
    }
    case kernels.WEIGHT_GRADIENT: {
      const weights = (from * address(8)) << 7;
      const biases = from << 5;
      weightGradient(
        address(0),
        address(1) + 2 * from * address(10),
        address(2) + weights,
        address(3) + weights,
        address(4) + weights,
        address(5) + biases,
        address(6) + biases,
        address(7) + biases,
        whole(8),
        items,
        address(10),
        whole(11),
        whole(12),
        real(13),
        real(14),
        real(15),
        address(16) + room * 768,
      );
      return 0;
    }
    case kernels.LAYER_NORM: {
      const skip = from << 4;
      const skipNumbers = from << 2;
      layerNorm(
        address(0) + skip,
        address(1),
        address(2) + skip,
        whole(3),
        whole(4),
        address(5),
        items,
        real(7),
        address(8) + skipNumbers,
        address(9) + skipNumbers,
      );
      return 0;
    }
    case kernels.LAYER_NORM_STATISTICS: {
      const skip = from << 2;
      layerNormStatistics(
        address(0) + (from << 4),
        whole(1),
        whole(2),
        address(3),
        items,
        real(5),
        address(6) + skip,
        address(7) + skip,
      );
      return 0;
    }
    case kernels.LAYER_NORM_INPUT_GRADIENT: {
      const skip = from << 4;
      const skipNumbers = from << 2;
      layerNormInputGradient(
        address(0) + skip,
        address(1),
        address(2) + skip,
        address(3) + skip,
        whole(4),
        whole(5),
        address(6),
        items,
        real(8),
        address(9) + skipNumbers,
        address(10) + skipNumbers,
      );
      return 0;
    }
    case kernels.LAYER_NORM_GRADIENT: {
      const skip = from * address(7);
      const units = from << 4;
      layerNormGradient(
        address(0) + skip,
        address(1) + skip,
        address(2) + units,
        address(3) + units,
        address(4) + units,
        items,
        address(6),
        address(7),
        whole(8),
        whole(9),
        real(10),
        real(11),
        real(12),
        address(13),
        address(14),
        address(15) + units,
      );
      return 0;
    }
    case kernels.UPDATE: {
      const skip = from << 4;
      update(
        whole(0),
        address(1) + skip,
        address(2) + skip,
        address(3) + skip,
        address(4) + skip,
        items,
        real(6),
        real(7),
        real(8),
      );
      return 0;
    }
    case kernels.GATHER_IMAGES: {
      const order = address(2) + (from << 2);
      gatherImages(
        address(0),
        whole(1),
        order,
        address(3) + (from << 4),
        whole(4),
        address(5),
        whole(6) - first,
        items,
        real(8),
        real(9),
      );
      return 0;
    }
    case kernels.MIX_LABELS: {
      mixLabels(
        address(0),
        whole(1),
        address(2) + (from << 2),
        address(3) + (from << 4),
        address(4) + (from << 4),
        whole(5),
        address(6),
        whole(7) - first,
        items,
        real(9),
        whole(10),
        whole(11),
        <u32>(whole(12) + first * whole(1)),
      );
      return 0;
    }
    case kernels.APPLY_SLOPES: {
      const skip = from * address(4);
      applySlopes(whole(0), address(1) + skip, address(2) + skip, items, address(4), whole(5));
      return 0;
    }
    case kernels.COUNT_LARGEST:
      return countLargest(address(0) + (from << 4), address(1) + from, whole(2), address(3), items);
    case kernels.COUNT_NEAREST:
      return countNearest(
        address(0) + (from << 4),
        address(1) + from,
        address(2),
        whole(3),
        whole(4),
        whole(5),
        address(6),
        items,
        address(8) + ((room * address(5)) << 4),
      );
    case kernels.COPY:
      copy(address(0) + (from << 4), address(1) + (from << 4), items);
      return 0;
    case kernels.CLEAR:
      clear(address(0) + (from << 4), items);
      return 0;
    case kernels.PEAK:
      // What nobody asks for, a compiler leaves out.
      return peak(items, real(1), real(2)) > 0 ? 1 : 0;
    default:
      return unreachable();
  }
}
