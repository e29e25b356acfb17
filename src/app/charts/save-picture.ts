/** Charts as files, out of the page. */
import { plainColor } from '../canvas/plain-color.ts';
import { download } from '../download.ts';
import { standalone, type Picture } from './picture.ts';

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
