/**
 * C = A · B with blocks of A and B in workgroup memory, the usual tiling for graphics cards. What A, B and C are, and what
 * becomes of an element, the three products of a layer say.
 *
 * Blocks are kept depth-major with four neighbouring rows (of A) or columns (of B) in a vector, so that a thread reads
 * vectors only. An operand stored along the depth is turned around on the way in, four by four. What lies outside a
 * matrix is loaded as 0. A thread's vectors lie `threads` apart, so that neighbours read and write neighbours.
 */
import { repeat } from './shape.ts';
import type { SharedTile } from './tile.ts';

export interface Operand {
  /** Name of an `array<vec4f>`. */
  readonly name: string;
  /** Where it begins and how far its rows are apart, in vectors. */
  readonly at: number;
  readonly stride: number;
  /** Whether a row of storage runs along the depth, or along the operand's rows (A) or columns (B). */
  readonly along: 'depth' | 'other';
}

export interface SharedProduct {
  /** Bindings and functions. */
  readonly prelude: string;
  /** Sizes as WGSL expressions; `columns`, and what is stored four at a time, divide by 4. */
  readonly rows: string;
  readonly columns: number;
  readonly depth: string;
  readonly a: Operand;
  readonly b: Operand;
  /** What the sums of columns `4c` … `4c + 3` begin with; zeros by default. */
  readonly initial?: (c: string) => string;
  /** Takes the finished sums of row `m`, columns `4c` … `4c + 3`. */
  readonly finish: (m: string, c: string, value: string) => string;
  /** What the first row of workgroups does besides, once per vector of columns `c`. */
  readonly perColumn?: (c: string) => string;
}

export function sharedProduct(product: SharedProduct, tile: SharedTile): string {
  const { perThread, depth: block } = tile;
  const vectors = perThread / 4;
  const across = tile.columns / perThread;
  const down = tile.rows / perThread;
  const threads = across * down;
  const lanes = repeat.bind(null, perThread);

  /** Fills one block: `extent` rows of A or columns of B, `block` deep. */
  const fill = (which: 'a' | 'b') => {
    const { name, at, stride, along } = product[which];
    const quarter = tile[which === 'a' ? 'rows' : 'columns'] / 4;
    const [origin, limit] = which === 'a' ? ['row0', 'rows'] : ['column0', 'columns'];
    const tasks = along === 'depth' ? (quarter * block) / 4 : quarter * block;
    const body =
      along === 'depth'
        ? `let q = t / ${block / 4}u;
      let k = 4u * (t % ${block / 4}u);
      let other = ${origin} + 4u * q;
${repeat(
  4,
  (i) => `      var v${i} = vec4f();
      if (other + ${i}u < ${limit} && base + k < depth) { v${i} = ${name}[${at}u + (other + ${i}u) * ${stride}u + (base + k) / 4u]; }`,
)}
${repeat(4, (i) => {
  const lane = 'xyzw'[i];
  return `      block_${which}[(k + ${i}u) * ${quarter}u + q] = vec4f(v0.${lane}, v1.${lane}, v2.${lane}, v3.${lane});`;
})}`
        : `let q = t % ${quarter}u;
      let k = t / ${quarter}u;
      var value = vec4f();
      if (${origin} + 4u * q < ${limit} && base + k < depth) {
        value = ${name}[${at}u + (base + k) * ${stride}u + ${origin} / 4u + q];
      }
      block_${which}[k * ${quarter}u + q] = value;`;
    return `for (var t = thread; t < ${tasks}u; t += ${threads}u) {
      ${body}
    }`;
  };

  const column = (v: number) => `column0 / 4u + tx + ${v * across}u`;
  return /* wgsl */ `${product.prelude}
var<workgroup> block_a: array<vec4f, ${(tile.rows * block) / 4}>;
var<workgroup> block_b: array<vec4f, ${(tile.columns * block) / 4}>;

@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let rows = ${product.rows};
  let columns = ${product.columns}u;
  let depth = ${product.depth};
  let row0 = group.y * ${tile.rows}u;
  let column0 = group.x * ${tile.columns}u;
  let tx = thread % ${across}u;
  let ty = thread / ${across}u;
${repeat(vectors, (v) => {
  const zero = `vec4f()`;
  const start = product.initial
    ? `  var start${v} = ${zero}; if (4u * (${column(v)}) < columns) { start${v} = ${product.initial(column(v))}; }`
    : `  let start${v} = ${zero};`;
  return `${start}\n${lanes((m) => `  var c${m}_${v} = start${v};`)}`;
})}
  for (var base = 0u; base < depth; base += ${block}u) {
    ${fill('a')}
    ${fill('b')}
    workgroupBarrier();
    for (var k = 0u; k < ${block}u; k++) {
${repeat(
  vectors,
  (v) => `      let a${v} = block_a[k * ${tile.rows / 4}u + ty + ${v * down}u];
      let b${v} = block_b[k * ${tile.columns / 4}u + tx + ${v * across}u];`,
)}
${lanes((m) => repeat(vectors, (v) => `      c${m}_${v} += a${m >> 2}.${'xyzw'[m & 3]} * b${v};`))}
    }
    workgroupBarrier();
  }
${lanes((m) => {
  const row = `row0 + 4u * (ty + ${(m >> 2) * down}u) + ${m & 3}u`;
  return repeat(
    vectors,
    (v) =>
      `  if (${row} < rows && 4u * (${column(v)}) < columns) { ${product.finish(`(${row})`, `(${column(v)})`, `c${m}_${v}`)} }`,
  );
})}
${
  product.perColumn
    ? `  if (group.y == 0u) {
    for (var t = thread; t < ${tile.columns / 4}u; t += ${threads}u) {
      let c = column0 / 4u + t;
      if (4u * c < columns) { ${product.perColumn('c')} }
    }
  }`
    : ''
}
}`;
}

/** Threads for whole workgroups over `rows × columns`. */
export function sharedThreads(tile: SharedTile, rows: number, columns: number): [number, number] {
  const threads = (tile.rows * tile.columns) / tile.perThread ** 2;
  return [Math.ceil(columns / tile.columns) * threads, Math.ceil(rows / tile.rows)];
}
