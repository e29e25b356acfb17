/**
 * Prints the table in `src/data/prototypes.ts`: mean pictures of EMNIST Balanced's classes. Made once; run again where the
 * grid changes: `npx tsx scripts/data/prototypes.ts DIR`, with DIR as for `npm run lab -- --data`.
 */
import { PREFERRED } from '../../src/experiment/datasets.ts';
import { loadData } from '../../src/lab/load-data.ts';
import { GRID } from '../../src/data/prototypes.ts';

const { train, side, pixels, classes } = await loadData(process.argv[2], PREFERRED);
const sums = new Float64Array(classes * GRID * GRID);
const counts = new Float64Array(classes * GRID * GRID);
train.labels.forEach((label, n) => {
  for (let i = 0; i < pixels; i++) {
    const [row, column] = [
      Math.floor((Math.floor(i / side) * GRID) / side),
      Math.floor(((i % side) * GRID) / side),
    ];
    const cell = (label * GRID + row) * GRID + column;
    sums[cell] += train.images[n * pixels + i];
    counts[cell]++;
  }
});
console.log(
  Buffer.from(Uint8Array.from(sums, (sum, cell) => Math.round(sum / counts[cell]))).toString('base64'),
);
