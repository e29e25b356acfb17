/** How the page is shown: whole, or as a part of someone else's page. `view=embed:network,curves` in the link. */

export const PARTS = [
  'controls',
  'settings',
  'network',
  'curves',
  'inside',
  'try',
  'lanes',
  'costs',
  'runs',
] as const;
export type Part = (typeof PARTS)[number];

export interface View {
  readonly embedded: boolean;
  readonly parts: ReadonlySet<Part>;
}

export const WHOLE: View = { embedded: false, parts: new Set(PARTS) };

/** What an embedded page shows where the link does not say. */
export const EMBEDDED: readonly Part[] = ['controls', 'network', 'curves'];

/** Any text gives a view; parts that do not exist are left out. */
export function readView(text: string | undefined): View {
  const [kind, list] = (text ?? '').split(':');
  if (kind !== 'embed') return WHOLE;
  const named = (list ?? '').split(',');
  const parts = list === undefined ? EMBEDDED : PARTS.filter((part) => named.includes(part));
  return { embedded: true, parts: new Set(parts) };
}

export const writeView = (parts: readonly Part[]): string => `embed:${parts.join(',')}`;
