import { describe, expect, it } from 'vitest';
import { WeightsError } from '../weights-error.ts';
import { HEADER_LIMIT, readHeader } from './header.ts';
import { fileOf } from './testing.ts';

const MOST = 4;

/** An entry of float32. */
const tensor = (from: number, to: number, shape: readonly number[] = [(to - from) / 4], dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [from, to],
});

/** Bytes of a letter each. */
const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** A file of two numbers with whatever else stands in the entry of `a`, or beside it. */
const two = (entry: string, beside = '') =>
  fileOf(`{${beside}"a":{${entry || '"dtype":"F32","shape":[2],"data_offsets":[0,8]'}}}`, 8);

const announcing = (length: bigint) => {
  const bytes = new Uint8Array(100);
  new DataView(bytes.buffer).setBigUint64(0, length, true);
  return bytes;
};

describe('a header', () => {
  it('is read as the reference library reads it', () => {
    const header = { __metadata__: { a: 'b' }, late: tensor(8, 24, [2, 2]), early: tensor(0, 8) };
    const bytes = fileOf(header, 24);
    const start = bytes.length - 24;
    expect(readHeader(bytes, MOST)).toEqual({
      metadata: { a: 'b' },
      tensors: [
        { name: 'early', dtype: 'F32', shape: [2], start, end: start + 8 },
        { name: 'late', dtype: 'F32', shape: [2, 2], start: start + 8, end: start + 24 },
      ],
    });
  });

  it.each<[string, Uint8Array]>([
    ['nothing in it', fileOf({})],
    ['no metadata', fileOf({ __metadata__: null, a: tensor(0, 8) }, 8)],
    ['space around it', fileOf(' { } \n', 0)],
    [
      'a field that nobody knows',
      two('"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":{"than":"needed"}'),
    ],
    ['no numbers in a tensor', fileOf({ a: tensor(0, 0, [0, 3]), b: tensor(0, 8) }, 8)],
    ['a single number', fileOf({ a: tensor(0, 4, []) }, 4)],
    ['a name that objects have', fileOf('{"__proto__":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', 8)],
  ])('may have %s', (_, bytes) => {
    expect(() => readHeader(bytes, MOST)).not.toThrow();
  });

  // All but the last two were given to the reference library, version 0.8, which refuses them too.
  it.each<[string, Uint8Array, RegExp]>([
    ['a ZIP', latin('PK\x03\x04\x14\0\0\0\x08'), /but a ZIP, as PyTorch’s \.pt .*save_file/],
    ['a pickle', latin('\x80\x02\x8a\nl\xfc\x9cF\xf9'), /but a pickle/],
    ['HDF5', latin('\x89HDF\r\n\x1a\n'), /but HDF5, as Keras/],
    ['GGUF', latin('GGUF\x03\0\0\0\x01'), /but GGUF/],
    ['gzip, whose first bytes are a length within the limits', latin('\x1f\x8b\x08\0\0\0\0\0\0\x03'), /gzip/],
    ['a pointer to it', latin('version https://git-lfs.github.com/spec/v1\noid'), /pointer of Git LFS/],
    ['a web page', latin('\n<!DOCTYPE html><html>'), /but a web page/],
    ['a list of files', latin('{\n  "metadata": {"total_size": 8}}'), /but JSON.* ends in .safetensors/],
    ['fewer than eight bytes', new Uint8Array(3), /it has 3 bytes/],
    ['more bytes than follow', announcing(93n), /says its header has 93 bytes, but only 92 follow/],
    [
      'more bytes than allowed',
      announcing(BigInt(HEADER_LIMIT) + 1n),
      /100000001 bytes, and the format allows 100000000/,
    ],
    ['more bytes than computers count', announcing(2n ** 64n - 1n), /the format allows 100000000/],
    ['no bytes', fileOf(''), /cannot be read/],
    ['no JSON', fileOf('{"a":'), /cannot be read/],
    ['something after it', fileOf('{}x'), /cannot be read/],
    ['zeros after it', fileOf('{}\0\0'), /cannot be read/],
    ['a byte order mark', fileOf('\ufeff{}'), /cannot be read/],
    ['a list', fileOf([]), /cannot be read/],
    ['null', fileOf('null'), /cannot be read/],
    ['bytes that are no UTF-8', two('').map((byte) => (byte === 0x61 ? 0xff : byte)), /cannot be read/],
    ['half of a pair', two('', String.raw`"\ud800":{},`), /cannot be read/],
    ['a control character', two('', '"\u0001":{},'), /cannot be read/],
    ['brackets within brackets', two(`"x":${'['.repeat(200)}${']'.repeat(200)}`), /cannot be read/],
    [
      'metadata that is a list',
      fileOf({ __metadata__: [] }),
      /"__metadata__" is \[\]; expected texts by name/,
    ],
    ['metadata that is a text', fileOf({ __metadata__: 'x' }), /"__metadata__" is "x"/],
    ['a number in metadata', fileOf({ __metadata__: { a: 1 } }), /has 1 as "a"; expected a text/],
    ['an object in metadata', fileOf({ __metadata__: { a: { b: 'c' } } }), /has {"b":"c"} as "a"/],
    [
      'metadata twice',
      two('', '"__metadata__":{"a":"1"},"__metadata__":{"a":"2"},'),
      /names "__metadata__" twice/,
    ],
    ['null for a tensor', fileOf({ a: null }), /says null of "a"; expected "dtype"/],
    ['a number for a tensor', fileOf({ a: 3 }), /says 3 of "a"/],
    ['no type', two('"shape":[2],"data_offsets":[0,8]'), /"a" has numbers of type none/],
    [
      'an unknown type',
      fileOf({ a: tensor(0, 8, [2], 'F33') }, 8),
      /type "F33"; expected one of F16, BF16, F32, F64/,
    ],
    ['a type that objects have', fileOf({ a: tensor(0, 8, [2], 'toString') }, 8), /type "toString"/],
    [
      'a type twice',
      two('"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]'),
      /names "dtype" twice/,
    ],
    ['no shape', two('"dtype":"F32","data_offsets":[0,8]'), /"a" has the shape none/],
    ['a shape below zero', two('"dtype":"F32","shape":[-2],"data_offsets":[0,8]'), /has the number -2/],
    ['a shape with a point', two('"dtype":"F32","shape":[2.0],"data_offsets":[0,8]'), /has the number 2\.0/],
    [
      'a shape with an exponent',
      two('"dtype":"F32","shape":[2e0],"data_offsets":[0,8]'),
      /has the number 2e0/,
    ],
    [
      'a shape beyond all bounds',
      fileOf({ a: tensor(0, 8, [2 ** 40, 2 ** 40]) }, 8),
      /takes \d.*but the header gives it 8/,
    ],
    ['no offsets', two('"dtype":"F32","shape":[2]'), /"a" has the "data_offsets" none/],
    ['three offsets', two('"dtype":"F32","shape":[2],"data_offsets":[0,8,9]'), /"data_offsets" \[0,8,9\]/],
    ['offsets turned round', fileOf({ a: tensor(8, 0, [2]) }, 8), /"data_offsets" \[8,0\]/],
    ['offsets below zero', two('"dtype":"F32","shape":[2],"data_offsets":[-0,8]'), /has the number -0/],
    [
      'offsets that computers round',
      two('"dtype":"F32","shape":[2],"data_offsets":[18446744073709551608,18446744073709551616]'),
      /"data_offsets" \[1844/,
    ],
    [
      'more numbers than its shape',
      fileOf({ a: tensor(0, 8, [3]) }, 8),
      /of shape \[3\] takes 12 bytes, but the header gives it 8/,
    ],
    ['a hole', fileOf({ a: tensor(0, 4), b: tensor(8, 12) }, 12), /Before "b" lie 4 bytes/],
    ['a hole in front', fileOf({ a: tensor(4, 8) }, 8), /Before "a" lie 4 bytes/],
    ['an overlap', fileOf({ a: tensor(0, 8), b: tensor(4, 12) }, 12), /"b" begins 4 bytes before/],
    [
      'two tensors in one place',
      fileOf({ a: tensor(0, 8), b: tensor(0, 8) }, 8),
      /"b" begins 8 bytes before/,
    ],
    ['bytes at the end', fileOf({ a: tensor(0, 8) }, 9), /come 1 bytes that belong to none/],
    [
      'a missing end',
      fileOf({ a: tensor(0, 8) }, 7),
      /"a" ends 1 bytes after the file does: it was cut short/,
    ],
    ['a tensor twice', two('', '"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},'), /names "a" twice/],
    [
      'a key twice, once disguised',
      two('', String.raw`"\u0061":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},`),
      /names "a" twice/,
    ],
    ['metadata with a key twice', two('', '"__metadata__":{"a":"1","a":"2"},'), /names "a" twice/],
  ])('is refused with %s', (_, bytes, sentence) => {
    expect(() => readHeader(bytes, MOST)).toThrow(sentence);
    expect(() => readHeader(bytes, MOST)).toThrow(WeightsError);
  });

  it('is refused with more tensors than a network can have, before any of them is looked at', () => {
    const names = Array.from({ length: 3000 }, (_, i) => [`${i}.weight`, tensor(0, 100_000)]);
    expect(() => readHeader(fileOf(Object.fromEntries(names), 100_000), MOST)).toThrow(
      /3000 tensors, and a network here at most 4/,
    );
  });

  it('is shown in part where it is long', () => {
    const name = `${'a'.repeat(1000)}.weight`;
    expect(() => readHeader(fileOf({ [name]: null }), MOST)).toThrow(/^.{1,200}$/);
  });
});
