/**
 * NIST's own files, as they lie in `gzip.zip` of the EMNIST distribution: name, bytes and SHA-256 of each `.gz`.
 *
 * A mirror may have compressed the same images again: then the bytes differ while the content is right. So these
 * values tell a verified file from another one; they refuse nothing.
 */
export interface OfficialFile {
  readonly bytes: number;
  readonly sha256: string;
}

export const OFFICIAL_FILES: Readonly<Record<string, OfficialFile>> = {
  'emnist-balanced-test-images-idx3-ubyte.gz': {
    bytes: 4714707,
    sha256: '117fc12b015e37ea98bfb2cbba3f77c3782c056cdbd219b87abfc8661d7135db',
  },
  'emnist-balanced-test-labels-idx1-ubyte.gz': {
    bytes: 13504,
    sha256: 'a67cac948379b67270b9a4d0a01c8ec661598accf2f2b1964340b7c83cb175cd',
  },
  'emnist-balanced-train-images-idx3-ubyte.gz': {
    bytes: 28207740,
    sha256: '74295e75e4e9fa2c102147460ee7eb763653d5132d883a84fb88932bfb8d2db4',
  },
  'emnist-balanced-train-labels-idx1-ubyte.gz': {
    bytes: 80618,
    sha256: 'b46d41e5156a0a8aaaa4d18979fdd1588850fa8571018acffd5d93b325a7d6ed',
  },
  'emnist-byclass-test-images-idx3-ubyte.gz': {
    bytes: 28908322,
    sha256: '5ec835bd5d5b1a66378a132e727fef20fe994b3cc666899befcca5ac766f50cd',
  },
  'emnist-byclass-test-labels-idx1-ubyte.gz': {
    bytes: 81839,
    sha256: '501e305eeeacb093b162592d80e8a2632040872360fa6d85cfcb2200d91ca92a',
  },
  'emnist-byclass-train-images-idx3-ubyte.gz': {
    bytes: 173367313,
    sha256: '9e21987f03a6eb8b870187e785883ddad96947299587908f1a7ec2ca0f4be5f0',
  },
  'emnist-byclass-train-labels-idx1-ubyte.gz': {
    bytes: 491603,
    sha256: 'f7ef403d48dc18a89dae0d83d11ee69cecb6e1c12c3a961d03712e495c02a8fa',
  },
  'emnist-bymerge-test-images-idx3-ubyte.gz': {
    bytes: 28905295,
    sha256: '5e5815ec1b522089134435f7c55e75a00960b58414793593ffff23efc0821683',
  },
  'emnist-bymerge-test-labels-idx1-ubyte.gz': {
    bytes: 79351,
    sha256: '8bda1516255683ba9071e141947ca0c91a911176065cdd6259b0b4d8dc5b5f35',
  },
  'emnist-bymerge-train-images-idx3-ubyte.gz': {
    bytes: 173375281,
    sha256: '39bf8c68037dad40db35348895f7e4e056e8c0a005ab78869c9fbc2c96e947be',
  },
  'emnist-bymerge-train-labels-idx1-ubyte.gz': {
    bytes: 476444,
    sha256: '2c47293b9e62d6abf6ad05fbf67e40baa32adfd380b8d7b44dcc35534b64e1f1',
  },
  'emnist-digits-test-images-idx3-ubyte.gz': {
    bytes: 9908519,
    sha256: '20ebe43509264f7639d37c835a3f0b009e90b29e00a099a03101abe1644a3f63',
  },
  'emnist-digits-test-labels-idx1-ubyte.gz': {
    bytes: 19960,
    sha256: 'bad1834c45d5988e270b99d43b13edc3fd898f658ffbc2caf2846ef27f7b05b0',
  },
  'emnist-digits-train-images-idx3-ubyte.gz': {
    bytes: 59515779,
    sha256: 'f7c95004d14d81af89522e67d8f0c781dfb3bd544181c81bfe1eb6b41c35b726',
  },
  'emnist-digits-train-labels-idx1-ubyte.gz': {
    bytes: 113859,
    sha256: '6638a6ff5fe2eefd9cca2471995b46c82986b8e4b2a70d2f5ce8e05d7edb319e',
  },
  'emnist-letters-test-images-idx3-ubyte.gz': {
    bytes: 5039157,
    sha256: '50f0e93d75b99b463e9760b8345866f22587fa2c2fba472730a5ba09c693412d',
  },
  'emnist-letters-test-labels-idx1-ubyte.gz': {
    bytes: 144,
    sha256: '924955c31fe7fd809b7303b5c0141282955f4b8390c74cdfd5d80435e0f4b4cb',
  },
  'emnist-letters-train-images-idx3-ubyte.gz': {
    bytes: 30804864,
    sha256: '6288f418a917e007bf5fddb823a2dc7a5c6a35031401b93292a539cb12bd881f',
  },
  'emnist-letters-train-labels-idx1-ubyte.gz': {
    bytes: 79283,
    sha256: '9759af91ea6bccdf07a6040fd085861f2ec88e37f7c3f5760f6feb57106fbe5c',
  },
  'emnist-mnist-test-images-idx3-ubyte.gz': {
    bytes: 2484884,
    sha256: 'b25640fa9e356c618132f5df347c95ef5bae6d9c2596be1de40f7e0ae1c3eac6',
  },
  'emnist-mnist-test-labels-idx1-ubyte.gz': {
    bytes: 5144,
    sha256: 'bcc5385d38f083dba046f5f756e99b32f5ea7fad122c6243c71c2239873065ca',
  },
  'emnist-mnist-train-images-idx3-ubyte.gz': {
    bytes: 14873795,
    sha256: '5f9942f441031c0f1f2e4d162059fd6e19ea808b34c328b6d16cab0ed24c78f2',
  },
  'emnist-mnist-train-labels-idx1-ubyte.gz': {
    bytes: 29480,
    sha256: '00c6d3c2342fdffb1711e0b5656cac4ce5862d2826399d383a9bac07d612e9f8',
  },
};
