import { describe, expect, it } from 'vitest';
import { DATASET_IDS, DATASETS } from '../experiment/datasets.ts';
import { CATALOGUE, FILE_ROLES, mirrorUrl } from './catalogue.ts';

describe('the catalogue', () => {
  it.each(DATASET_IDS)('names a character for every class of %s', (id) => {
    const { characters } = CATALOGUE[id];
    expect(characters).toHaveLength(DATASETS[id].shape.classes);
    expect(new Set(characters).size).toBe(characters.length);
    expect(characters.every((character) => /^[0-9A-Za-z]$/.test(character))).toBe(true);
    expect(DATASETS[id].description).toMatch(/^[A-Z].*\.$/);
  });

  it('follows the mapping files: class 36 of Balanced is a, 46 is t; class 0 of Letters is A', () => {
    expect(CATALOGUE['emnist-balanced'].characters[36]).toBe('a');
    expect(CATALOGUE['emnist-balanced'].characters[38]).toBe('d');
    expect(CATALOGUE['emnist-balanced'].characters[46]).toBe('t');
    expect(CATALOGUE['emnist-byclass'].characters[61]).toBe('z');
    expect(CATALOGUE['emnist-letters'].characters[0]).toBe('A');
    expect(CATALOGUE['emnist-letters'].firstLabel).toBe(1);
  });

  it('has four files for each set, each under a name of its own', () => {
    const names = DATASET_IDS.flatMap((id) => {
      expect(CATALOGUE[id].files.map(({ role }) => role)).toEqual([...FILE_ROLES]);
      return CATALOGUE[id].files.map(({ name }) => name);
    });
    expect(new Set(names).size).toBe(28);
  });

  it('knows bytes and digest of every EMNIST file', () => {
    const files = DATASET_IDS.filter((id) => CATALOGUE[id].mirror).flatMap((id) => CATALOGUE[id].files);
    expect(files).toHaveLength(24);
    for (const { bytes, sha256 } of files) {
      expect(bytes).toBeGreaterThan(100);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
    // 33 MB, as the download of the default set is announced.
    expect(CATALOGUE['emnist-balanced'].bytes).toBe(33_016_569);
  });

  it('builds the addresses of a mirror, any host', () => {
    expect(mirrorUrl('emnist-balanced', 'a.gz')).toBe(
      'https://huggingface.co/datasets/Heliosoph/EMNIST/resolve/main/a.gz',
    );
    expect(mirrorUrl('emnist-letters', 'a.gz', 'http://localhost:1/')).toBe(
      'http://localhost:1/Royc30ne/emnist-letters/resolve/main/a.gz',
    );
    expect(mirrorUrl('mnist', 'a.gz')).toBeNull();
  });
});
