/** How the page is shown: whole, with one of its views open, or as a part of someone else's page. `view=…` in the link. */

/** What lies below the network, one at a time, in the order of its tabs. */
export const VIEWS = ['curves', 'inside', 'try', 'devices', 'costs', 'runs', 'how'] as const;
export type ViewId = (typeof VIEWS)[number];

export const PARTS = ['controls', 'settings', 'network', ...VIEWS] as const;
export type Part = (typeof PARTS)[number];

export interface View {
  readonly embedded: boolean;
  readonly parts: ReadonlySet<Part>;
  /** The view that is open; null in a frame that has none. */
  readonly open: ViewId | null;
}

/** What an embedded page shows where the link does not say. */
export const EMBEDDED: readonly Part[] = ['controls', 'network', 'curves'];

/** Names in links of before. */
const RENAMED: Readonly<Record<string, Part>> = { lanes: 'devices' };

export const isView = (name: string | undefined): name is ViewId => VIEWS.some((view) => view === name);

/** Any text gives a view; parts that do not exist are left out. `view=inside`, `view=embed:network,curves`. */
export function readView(text: string | undefined): View {
  const [kind, list] = (text ?? '').split(':');
  if (kind !== 'embed') {
    return { embedded: false, parts: new Set(PARTS), open: isView(kind) ? kind : VIEWS[0] };
  }
  const named = (list ?? '').split(',').map((name) => RENAMED[name] ?? name);
  const parts = list === undefined ? EMBEDDED : PARTS.filter((part) => named.includes(part));
  return { embedded: true, parts: new Set(parts), open: VIEWS.find((view) => parts.includes(view)) ?? null };
}

export const writeView = (parts: readonly Part[]): string => `embed:${parts.join(',')}`;
