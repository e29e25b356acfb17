/**
 * The same link trains the same bits, today and with every later build: who opens a link that was shared long ago sees the
 * curves of that day. A digest that changes says that a link now means something else; that is announced by raising the
 * engine's revision (`experiment/engines.ts`), never by putting the new digest here alone.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { afterAll, expect, it } from 'vitest';
import { cpuEngine, createCpuEngine } from '../engines/cpu/index.ts';
import { madeUpDataset } from '../data/testing.ts';
import { closeSessions, trainedSession } from './testing.ts';

/** Plain SIMD: with relaxed SIMD a processor may or may not round between multiplication and addition. */
const providers = { cpu: { ...cpuEngine, create: () => createCpuEngine('plain') } };

/** 250 images: batches of 24 end with one of 10. */
const DATA = madeUpDataset({ train: 250, test: 20 });

/** The same of uneven classes. */
const UNEVEN = madeUpDataset({ train: 250, test: 20, rarest: 3 });

/** A link, and by strategy the first 12 digits of the SHA-256 of its parameters in the end, float32 as they lie in memory. */
const LINKS: readonly (readonly [link: string, digests: Readonly<Record<string, string>>])[] = [
  ['strategies=conventional', { conventional: '24bbf5a1d3ab' }],
  [
    'strategies=conventional,model,pipeline,data,fsdp,sil&cuts=2&optimizer=sgd&rate=0.05&reduction=sum',
    {
      conventional: 'a3935242a0f4',
      model: 'a3935242a0f4',
      pipeline: '28ef80f12a9b',
      data: '10e8c72b0d49',
      fsdp: '10e8c72b0d49',
      sil: 'ba989e729710',
    },
  ],
  [
    'strategies=conventional,model,pipeline,data,fsdp,sil&cuts=1,3&optimizer=momentum&rate=0.01&schedule=constant',
    {
      conventional: '68bd23d8294e',
      model: '68bd23d8294e',
      pipeline: 'd85d7c863018',
      data: 'dbd263a8e2ba',
      fsdp: '94a1474e10b4',
      sil: '571659ee78b9',
    },
  ],
  [
    'strategies=conventional,fsdp,sil&cuts=2&optimizer=adamw&decay=0.1',
    { conventional: '1392af2924a1', fsdp: 'bbac190960b8', sil: '0dff8813bb6a' },
  ],
  [
    'strategies=conventional,fsdp,sil&cuts=2&optimizer=lion&rate=0.0002&decay=0.1',
    { conventional: 'e92181a63d4f', fsdp: 'e92181a63d4f', sil: '43065b39ee3b' },
  ],
  ['strategies=data,fsdp&devices=3&activation=tanh', { data: 'b7b5f369a422', fsdp: '7ce5fa818cb9' }],
  ['strategies=pipeline&cuts=1,2&pipeline=gpipe&micro=5&activation=sigmoid', { pipeline: '59aa4fc3e18a' }],
  ['strategies=conventional&activation=leaky-relu&gain=1&seed=77', { conventional: '6ee37b63538a' }],
  ['strategies=sil&cuts=2&mix=mixtures&noise=0.5&label-steps=7', { sil: '95be7b155a98' }],
  ['strategies=sil&cuts=1,3&code=sparse,relu-gaussian&sparsity=0.2&scale=1,2', { sil: '1d01bd51943e' }],
  [
    'strategies=sil&cuts=2&code=one-hot&boundary=relu&label-gain=0.5&activation=linear',
    { sil: '5a47066d93d0' },
  ],
  [
    'strategies=sil,conventional&cuts=1,2&code=sign,simplex&recovery=1&recovery-rate=0.0005',
    { sil: 'e42250dcf6e1', conventional: '7b7f60e9dc27' },
  ],
  ['strategies=sil&cuts=2&code=uniform&optimizer=sgd&rate=0.01&reduction=sum', { sil: '528b81147620' }],
  [
    'strategies=sil&cuts=3&code=orthogonal&optimizer=momentum&rate=0.001&reduction=sum&turn=3',
    { sil: 'e880fc4d5171' },
  ],
  [
    'layers=17,ln,12,ln,16&strategies=conventional,model,fsdp,sil&cuts=1,4',
    { conventional: 'aa3a49b9042a', model: 'aa3a49b9042a', fsdp: '606ae1971f0f', sil: '35f5f84195be' },
  ],
  ['strategies=local&cuts=1,3', { local: '0d2dbbe4004a' }],
  ['strategies=handoff&cuts=1,3&turn=4', { handoff: '48ad6c4e93f0' }],
  ['strategies=denoising&cuts=1,3&turn=4&recovery=1', { denoising: '9ed7f457b0b8' }],
  ['layers=17,ln,12&strategies=local&cuts=2&lag=2&optimizer=momentum&rate=0.01', { local: 'fca1a1307c7c' }],
  [
    'strategies=conventional,data,sil,handoff&cuts=2&balance=sampling',
    { conventional: '437a78cf853c', data: '134dc6d35dab', sil: 'fabc5a3697e9', handoff: 'a565fa2e808c' },
  ],
  [
    'strategies=conventional,data,sil,local,handoff,denoising&cuts=2&balance=weights',
    {
      conventional: 'a446394c6137',
      data: 'f6e08f75bcf9',
      sil: '85b621ff9525',
      local: 'ec7b66e0d2ff',
      handoff: 'd2a9b006b015',
      denoising: '779b047ea21c',
    },
  ],
];

afterAll(closeSessions);

it.each(LINKS)('%s', async (settings, expected) => {
  const layers = settings.startsWith('layers=') ? '' : 'layers=17,12,16&';
  const link = `data=mnist&${layers}batch=24&epochs=1&test=0&engine=cpu&${settings}`;
  const data = settings.includes('balance=') ? UNEVEN : DATA;
  const { session, state } = await trainedSession(link, data, { providers });
  const found: Record<string, string> = {};
  for (const id of state.experiment.strategies) {
    const parameters = (await session.parameters(id))!;
    expect(parameters.every(Number.isFinite), id).toBe(true);
    found[id] = bytesToHex(
      sha256(new Uint8Array(parameters.buffer, parameters.byteOffset, parameters.byteLength)),
    ).slice(0, 12);
  }
  expect(found).toEqual(expected);
});
