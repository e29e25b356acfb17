/** Words of the panel on what each strategy costs. */
export const costsText = {
  heading: 'What each strategy costs',
  costEstimate: {
    name: 'Cost of each strategy',
    strategy: 'Strategy',
    devices: 'Devices',
    largest: 'Memory, fullest device',
    sum: 'Memory, all devices',
    flops: 'FLOPs a step',
    bytes: 'Bytes a step',
    messages: 'Messages a step',
    about: (modelled: string) => `≈ ${modelled}`,
    note: 'Measured: high-water marks, and every message. With ≈, modelled from the layers, as FLOPs always are. Memory without the images, which every strategy needs.',
  },
  matrix: {
    name: (strategy: string) => `${strategy}: bytes from device to device`,
    heading: 'Who sent what to whom',
    from: 'From',
    device: (rank: number) => `Device ${rank + 1}`,
    strategy: 'Strategy',
    purpose: 'Messages for',
    purposes: { training: 'training', evaluation: 'evaluation', join: 'joining' },
    perEpoch: (bytes: string) => `${bytes} an epoch.`,
    none: 'Nothing was sent.',
    empty: 'Press Train with a strategy that uses several devices.',
    cell: (bytes: string, messages: string) => `${bytes} in ${messages} messages`,
  },
  machines: {
    name: 'On separate machines',
    table: 'Fastest first',
    link: 'Link between machines',
    links: {
      nvlink: 'NVLink 4 (450 GB/s, 2 µs)',
      pcie4: 'PCIe 4 × 16 (32 GB/s, 5 µs)',
      ethernet100: '100 Gb Ethernet (10 µs)',
      ethernet10: '10 Gb Ethernet (30 µs)',
      ethernet1: '1 Gb Ethernet (100 µs)',
      wifi: 'Wi-Fi (240 Mb/s, 3 ms)',
      custom: 'Custom',
    } as Readonly<Record<string, string>>,
    bandwidth: {
      label: 'Bandwidth, MB/s',
      help: 'Megabytes a second in each direction between two machines.',
      expected: 'a number from 0.001 to 1,000,000',
    },
    latency: {
      label: 'Latency, µs',
      help: 'Microseconds until the first byte of a message arrives.',
      expected: 'a number from 0 to 1,000,000',
    },
    strategy: 'Strategy',
    computing: 'Computing per epoch, measured',
    epoch: 'Time per epoch, modelled',
    ratio: 'Against conventional',
    accuracy: 'Test accuracy so far',
    verdict: (first: string, sil: string | null) =>
      sil === null
        ? `${first} would be fastest here.`
        : first === sil
          ? `${sil} would be fastest here.`
          : `${first} would be fastest here, not ${sil}.`,
    note: 'Modelled: one machine per device, each as fast as its device was here. Devices that share this machine’s processor slow each other down, so compare strategies with the same number of devices.',
    formulas: 'How it is modelled',
    empty: 'Train first: this is computed from the run’s own measured times.',
  },
  milestones: {
    name: 'Time to accuracy',
    target: 'Share of conventional’s best',
    share: (share: number) => `${Math.round(100 * share)}%`,
    goal: (accuracy: string) => `The goal is ${accuracy} on the test images.`,
    head: ['Strategy', 'Epochs', 'Own time', 'FLOPs', 'Bytes moved', 'Test accuracy there'],
    never: 'not reached',
    note: 'The first evaluation that is as good; smaller turns make it finer. Bytes are those moved for training.',
    empty: 'Train conventionally and otherwise to compare.',
  },
} as const;
