/** A colour per class: hues a golden angle apart, so that neighbours in the alphabet differ most. Letters say the same. */
export function classColor(label: number, dark: boolean): string {
  const hue = (label * 137.508) % 360;
  return `oklch(${dark ? 0.78 : 0.56} 0.15 ${hue})`;
}
