/** Any CSS colour of the page, `var(--ink)` and system colours too, as `#rrggbb`. */
export function plainColor(color: string): string {
  const probe = document.createElement('span');
  // High contrast would answer with the letters' colour, whatever was asked.
  probe.style.forcedColorAdjust = 'none';
  probe.style.color = color;
  document.body.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  const context = new OffscreenCanvas(1, 1).getContext('2d')!;
  context.fillStyle = computed;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
