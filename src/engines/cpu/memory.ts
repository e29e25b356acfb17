/** What a stage allocates, known before it is built: the engine allocates from this very list. */
import { fixedLevels, fixedOf, imagesOf, tableOf, wantsInputGradient } from '../ends.ts';
import { OPTIMIZERS } from '../../network/optimizers/registry.ts';
import {
  countParameters,
  inputSize,
  levelSizes,
  outputSize,
  type LayerSpec,
} from '../../network/layers/layers.ts';
import { MIXTURE, type FixedLayers, type LabelTable, type Objective, type StageSpec } from '../contract.ts';
import { MEMORY_KINDS, type MemoryByKind, type MemoryKind } from '../ledger.ts';
import { cpuLayer, placeLayers } from './layers/registry.ts';
import { FLOAT_BYTES, paddedSamples, paddedUnits, quadBytes, roundUp } from './layout.ts';

/** Blocks start on cache lines. */
export const ALIGNMENT = 64;

/**
 * One block of linear memory.
 * `counted` bytes go to the ledger under `kind`: what the contract defines (e.g. 4 bytes a parameter). The rest of
 * `bytes` is padding and is counted as `workspace`, so that the ledger's total is what is truly taken.
 */
export interface Block {
  readonly kind: MemoryKind;
  readonly counted: number;
  readonly bytes: number;
}

const block = (kind: MemoryKind, counted: number, bytes = counted): Block => ({
  kind,
  counted,
  bytes: roundUp(bytes, ALIGNMENT),
});

/** Widths at every level of a stage: its input's, then each layer's outputs. */
export const levelWidths = ({ layers }: Pick<StageSpec, 'layers'>): number[] => levelSizes(layers);

/** Whether backward must go on to the stage's own input: only where a stage before it is waiting for that gradient. */
export const returnsInputGradient = ({ source, training }: StageSpec): boolean =>
  training !== 'local' && wantsInputGradient(source);

/** Blocks of one forward pass: the activations of each level. */
export function passBlocks(spec: StageSpec): Block[] {
  return levelWidths(spec).map((width) => block('activations', quadBytes(width, spec.batch)));
}

/** Classes and row-major vectors of a label table; 12 bytes more, because kernels read four numbers at a time. */
const tableBlock = (table: LabelTable | null): Block | null => {
  const bytes = table ? table.classes * table.width * FLOAT_BYTES : 0;
  return table && block('labels', bytes, bytes + 12);
};

/** Layers beside the stage's own that never change. */
const fixedLayers = ({ source, objective }: StageSpec): LayerSpec[] =>
  [source, objective].flatMap((end) => (end && fixedOf(end)?.layers) ?? []);

/** @param own Widths of their levels that are none of the stage's. */
function fixedBlocks(fixed: FixedLayers | null, own: readonly number[], batch: number) {
  if (!fixed) return null;
  const { bytes } = placeLayers(fixed.layers);
  return {
    parameters: block('labels', fixed.parameters.length * FLOAT_BYTES, bytes),
    levels: own.map((width) => block('activations', quadBytes(width, batch))),
  };
}

/** What finding the nearest label needs, one sample's outputs for each thread; or the shares of all classes, for four samples at once. */
function objectiveBytes(objective: Objective | null, width: number, threads: number): number {
  const units = paddedUnits(width) * FLOAT_BYTES;
  return objective?.kind === 'hybrid' ? 4 * units + 16 * (objective.table.classes + 2) : units * threads;
}

/**
 * Everything a stage allocates when it is built, by name.
 * @param threads That share its work: some of them need room of their own.
 */
export function stageBlocks(spec: StageSpec, threads: number) {
  const { layers, source, objective, batch, training, classWeights } = spec;
  const parameters = countParameters(layers) * FLOAT_BYTES;
  const { bytes } = placeLayers(layers);
  const widths = levelWidths(spec);
  const backward = layers.slice(returnsInputGradient(spec) ? 0 : 1);
  const samples = paddedSamples(batch);
  return {
    parameters: training === 'gathered' ? null : block('parameters', parameters, bytes),
    moments: Array.from({ length: training === 'gathered' ? 0 : OPTIMIZERS[spec.optimizer].moments }, () =>
      block('optimizer', parameters, bytes),
    ),
    gradients: training === 'exchange' ? block('gradients', parameters, bytes) : null,
    passes: Array.from({ length: training === 'local' ? 1 : (spec.inFlight ?? 1) }, () => passBlocks(spec)),
    /** ∂loss/∂input of the layer at work. Other gradients of activations replace the activations themselves. */
    delta: block(
      'activations',
      Math.max(
        ...backward.map((layer) => quadBytes(inputSize([layer]), batch)),
        quadBytes(widths[layers.length], batch),
        // Parameters come in by way of this block: room for rows of every layer.
        ...fixedLayers(spec).map((layer) => quadBytes(outputSize([layer]), batch)),
      ),
    ),
    fixedSource: fixedBlocks(fixedOf(source), fixedLevels(spec).front, batch),
    fixedObjective: fixedBlocks(objective && fixedOf(objective), fixedLevels(spec).beside, batch),
    sourceTable: tableBlock(tableOf(source)),
    targetTable: tableBlock(objective && tableOf(objective)),
    classWeights: classWeights ? block('workspace', classWeights.byteLength) : null,
    panel: block(
      'workspace',
      Math.max(0, ...backward.map((layer) => cpuLayer(layer).panelBytes(layer, threads))),
    ),
    /** What a layer's gradient or an objective works in. */
    scratch: block(
      'workspace',
      Math.max(
        objectiveBytes(objective, widths[layers.length], threads),
        ...[...layers, ...fixedLayers(spec)].map((layer) =>
          cpuLayer(layer).scratchBytes(layer, samples, threads),
        ),
      ),
    ),
    order: block('workspace', imagesOf(source) ? samples * 4 : 0),
    targets: block('workspace', samples),
    mixture: block('workspace', source.kind === 'labels' ? samples * MIXTURE : 0),
    mixtureWeights: block('workspace', source.kind === 'labels' ? samples * MIXTURE * FLOAT_BYTES : 0),
  };
}

/** What is allocated while a stage holds gathered parameters. */
export function gatheredBlocks({ layers }: Pick<StageSpec, 'layers'>): {
  parameters: Block;
  gradients: Block;
} {
  const counted = countParameters(layers) * FLOAT_BYTES;
  const { bytes } = placeLayers(layers);
  return { parameters: block('parameters', counted, bytes), gradients: block('gradients', counted, bytes) };
}

/** A shard's arrays; whole vectors of four. */
export function shardBlocks(length: number, moments: number) {
  const bytes = roundUp(length, 4) * FLOAT_BYTES;
  const one = (kind: MemoryKind) => block(kind, length * FLOAT_BYTES, bytes);
  return {
    parameters: one('parameters'),
    gradients: one('gradients'),
    moments: Array.from({ length: moments }, () => one('optimizer')),
  };
}

/** Images and labels of a split. 4 bytes more, because kernels read four at a time. */
export function splitBlocks(count: number, pixels: number): { images: Block; labels: Block } {
  return { images: block('data', count * pixels, count * pixels + 4), labels: block('data', count) };
}

/** Bytes by kind of some blocks. */
export function sumBlocks(blocks: readonly Block[]): MemoryByKind {
  const sum = Object.fromEntries(MEMORY_KINDS.map((kind) => [kind, 0])) as Record<MemoryKind, number>;
  for (const { kind, counted, bytes } of blocks) {
    sum[kind] += counted;
    sum.workspace += bytes - counted;
  }
  return sum;
}

/**
 * Bytes by kind that a stage of this engine holds: exactly what its ledger reads after building it and loading
 * `loaded` images (per split), with as many threads. More is taken only while `infer` runs with every micro-batch in flight.
 */
export function stageMemory(spec: StageSpec, loaded: readonly number[] = [], threads = 1): MemoryByKind {
  const { source } = spec;
  const images = imagesOf(source);
  const data = loaded.flatMap((count) => (images ? Object.values(splitBlocks(count, images.pixels)) : []));
  const { fixedSource, fixedObjective, ...own } = stageBlocks(spec, threads);
  const fixed = [fixedSource, fixedObjective].flatMap((one) => (one ? [one.parameters, ...one.levels] : []));
  const built = [...Object.values(own).flat(2), ...fixed];
  return sumBlocks([...built.filter((one) => one !== null), ...data]);
}
