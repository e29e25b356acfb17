/** Numbers that name activations. Read by the engine as well, so that both sides mean the same. */
export const LINEAR = 0;
export const RELU = 1;
export const LEAKY_RELU = 2;
export const TANH = 3;
export const SIGMOID = 4;
