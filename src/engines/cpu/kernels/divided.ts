/** Numbers that name the kernels whose work threads share. Read by the engine as well, so that both sides mean the same. */
export const FORWARD = 0;
export const INPUT_GRADIENT = 1;
export const WEIGHT_GRADIENT = 2;
export const LAYER_NORM = 3;
export const LAYER_NORM_STATISTICS = 4;
export const LAYER_NORM_INPUT_GRADIENT = 5;
export const LAYER_NORM_GRADIENT = 6;
export const UPDATE = 7;
export const GATHER_IMAGES = 8;
export const MIX_LABELS = 9;
export const APPLY_SLOPES = 10;
export const COUNT_LARGEST = 11;
export const COUNT_NEAREST = 12;
export const COPY = 13;
export const CLEAR = 14;
export const PEAK = 15;
