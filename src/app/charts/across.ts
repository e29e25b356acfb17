/** A horizontal axis of places with names, in place of a run's progress: the values of a setting. */
export interface Across {
  /** What stands along it. */
  readonly name: string;
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
  readonly domain: readonly [from: number, to: number];
}

/** The name of the place that is nearest. */
export function labelAt({ ticks }: Across, x: number): string {
  let near = ticks[0];
  for (const tick of ticks) if (Math.abs(tick.x - x) < Math.abs(near.x - x)) near = tick;
  return near?.label ?? '';
}
