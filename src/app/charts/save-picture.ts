/** Charts as files, out of the page. */
import { download } from '../download.ts';
import { standalone, type Picture } from './picture.ts';

/** Any CSS colour as `#rrggbb`, by painting one pixel with it. */
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

export function saveSvg(file: string, picture: Picture): void {
  download(`${file}.svg`, standalone(picture, plainColor).svg, 'image/svg+xml');
}

export async function savePng(file: string, picture: Picture): Promise<void> {
  download(`${file}.png`, await pngOf(picture), 'image/png');
}

/** Twice as fine as the screen counts, so that it can be projected. */
export async function pngOf(picture: Picture): Promise<Uint8Array<ArrayBuffer>> {
  const { svg, width, height } = standalone(picture, plainColor);
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = new OffscreenCanvas(2 * width, 2 * height);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await blob.arrayBuffer());
}
