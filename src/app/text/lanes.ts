/** Words of the device lanes. */
export const lanesText = {
  heading: 'Device lanes',
  intro:
    'What each device did in the last steps, as it happened. Steps of a device that trains alone are one block: forward, backward and update run fused.',
  empty: 'Press Train, and each device’s work appears here.',
  legend: 'Kinds of work',
  of: (strategy: string) => `Lanes of ${strategy}`,
  kinds: {
    forward: 'Forward',
    backward: 'Backward',
    update: 'Update',
    train: 'Training alone',
    gather: 'Adding up',
    evaluate: 'Evaluation',
    send: 'Sending',
    wait: 'Waiting for data',
  },
  device: (rank: number) => `Device ${rank + 1}`,
  /** Above the shares of the devices' time. */
  busy: 'busy',
  bubbles: (share: string) => `${share} bubbles`,
  /** Whose view the tools change where all show the same stretch. */
  every: 'all strategies',
  /** Of the devices' time in the stretch that is shown. */
  rests: (data: string, core: string, done: string) =>
    `${data} waiting for data from others (bubbles), ${core} waiting for a core, ${done} done`,
  restNames: { done: 'Done', core: 'Waiting for a core' },
  milliseconds: (ms: string) => `${ms} ms`,
  oneAxis: 'One axis for all',
  summary: (strategy: string, busy: readonly string[], bubble: string) =>
    `${strategy}: ${busy.map((share, rank) => `device ${rank + 1} busy ${share}`).join(', ')}; ${bubble} waiting for data.`,
  span: (kind: string, label: string, ms: string) => `${kind}${label ? ` ${label}` : ''}: ${ms} ms`,
  tools: (strategy: string) => `View of ${strategy}`,
  closer: 'Zoom in',
  farther: 'Zoom out',
  earlier: 'Earlier',
  later: 'Later',
  last: 'Last steps',
  keys: 'Arrow keys move, plus and minus zoom, 0 shows the last steps. Drag to move; hold Ctrl and scroll to zoom.',
} as const;
