/** Rows from a session that trains: what closed forms foretell before the run is what is measured after it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STRATEGY_IDS, type StrategyId } from '../../experiment/strategies.ts';
import { madeUpDataset } from '../../data/testing.ts';
import { closeSessions, finish, readySession, type TestSession } from '../../session/testing.ts';
import { rowOf, type Row } from './row.ts';
import { shapeOf } from './shape.ts';

const DATA = madeUpDataset({ train: 96, test: 20 });
const rows = { before: {} as Record<StrategyId, Row>, after: {} as Record<StrategyId, Row> };
let test: TestSession;

beforeAll(async () => {
  // 96 images in batches of 24: no batch is short, so that forms that count steps are exact, too.
  test = await readySession(
    `data=mnist&layers=23,17,31,16,12&cuts=2,4&devices=3&batch=24&epochs=2&turn=0&test=0&seed=4&engine=cpu&strategies=${STRATEGY_IDS.join(',')}`,
    DATA,
  );
  const { session } = test;
  const all = () =>
    Object.fromEntries(STRATEGY_IDS.map((id) => [id, rowOf(session.store.getState(), id, false)])) as Record<
      StrategyId,
      Row
    >;
  rows.before = all();
  await finish(session);
  rows.after = all();
});
afterAll(closeSessions);

describe('what is sent', () => {
  it('is nothing with one device, and nothing at every cut of parts that train alone', () => {
    for (const { conventional, sil, denoising } of [rows.before, rows.after]) {
      expect(conventional.sent).toEqual([]);
      expect(sil.sent).toEqual([0, 0]);
      expect(denoising.sent).toEqual([0, 0]);
    }
  });

  it('is, at each cut of model and pipeline parallelism, the closed form: every image there and back', () => {
    const form = [17, 16].map((width) => 2 * 2 * 4 * 96 * width);
    for (const id of ['model', 'pipeline'] as const) {
      expect(rows.before[id].sent).toEqual(form);
      expect(rows.after[id].sent).toEqual(form);
    }
  });

  it('is half of that where nothing comes back', () => {
    const form = [17, 16].map((width) => 2 * 4 * 96 * width);
    expect(rows.before.local.sent).toEqual(form);
    expect(rows.after.local.sent).toEqual(form);
  });

  it('is every training image once where a finished part hands on what it gives', () => {
    const form = [17, 16].map((width) => 4 * 96 * width);
    expect(rows.before.handoff.sent).toEqual(form);
    expect(rows.after.handoff.sent).toEqual(form);
  });

  it('is one sum where every device works on every layer, as foretold', () => {
    for (const id of ['data', 'fsdp'] as const) {
      expect(rows.after[id].sent).toHaveLength(1);
      expect(rows.after[id].sent[0]).toBeGreaterThan(0);
      expect(rows.after[id].sent).toEqual(rows.before[id].sent);
    }
  });
});

it('says of each figure whether it is measured', () => {
  for (const id of STRATEGY_IDS) {
    expect(rows.before[id].measured).toBe(false);
    expect(rows.after[id].measured).toBe(true);
  }
});

it('holds what each device held at most, but for the images, and no less than foretold', () => {
  for (const id of STRATEGY_IDS) {
    const { devices } = test.session.store.getState().strategies[id]!;
    expect(devices).toHaveLength(rows.after[id].shape === 'whole' ? 1 : 3);
    expect(rows.after[id].holds).toEqual(devices.map(({ memory }) => memory.peak - memory.peakByKind.data));
    rows.after[id].holds.forEach((held, rank) =>
      expect(held, id).toBeGreaterThanOrEqual(rows.before[id].holds[rank]),
    );
  }
  // The switch of the ledger counts for rows, too, measured or foretold.
  const { costEstimates } = test.session.store.getState();
  const { devices } = test.session.store.getState().strategies.sil!;
  expect(rowOf(test.session.store.getState(), 'sil', true)!.holds).toEqual(
    devices.map(({ memory }) => memory.peak),
  );
  const idle = {
    ...test.session.store.getState(),
    strategies: { sil: { ...test.session.store.getState().strategies.sil!, devices: [] } },
  };
  expect(rowOf(idle, 'sil', true)!.holds[0] - rowOf(idle, 'sil', false)!.holds[0]).toBe(
    costEstimates.sil!.devices[0].memory.data,
  );
  // 96 training and 20 test images of 8 × 8 bytes, which conventional's only device has.
  expect(
    test.session.store.getState().strategies.conventional!.devices[0].memory.peakByKind.data,
  ).toBeGreaterThanOrEqual(116 * 64);
});

it('has an accuracy once there is one: that of all test images at the end', () => {
  expect(rows.before.sil.accuracy).toBeNull();
  expect(rows.after.sil.accuracy).toBe(test.session.store.getState().strategies.sil!.final!.accuracy);
});

it('is drawn as its network lies: apart, in stages, in copies or shares, whole, and joined in recovery', () => {
  const shapes = Object.fromEntries(STRATEGY_IDS.map((id) => [id, rows.after[id].shape]));
  expect(shapes).toEqual({
    conventional: 'whole',
    sil: 'apart',
    model: 'stages',
    pipeline: 'stages',
    data: 'copies',
    fsdp: 'shares',
    local: 'forward',
    handoff: 'handed',
    denoising: 'blocks',
    frozen: 'whole',
    twin: 'whole',
  });
  expect(shapeOf('sil', 3, 'recovery')).toBe('joined');
  expect(shapeOf('pipeline', 3, 'recovery')).toBe('stages');
  expect(shapeOf('denoising', 3, 'recovery')).toBe('blocks');
  expect(shapeOf('sil', 1)).toBe('whole');
});
