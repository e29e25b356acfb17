/**
 * What there is to run on, asked without loading TensorFlow.js. Nothing here touches `navigator` until called.
 */
import { adapterName, findAdapter, findGpu, isSoftware } from '../webgpu/adapter.ts';

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

export function isSoftwareRenderer(name: string): boolean {
  return SOFTWARE.test(name);
}

/** The renderer behind a WebGL context, in words. */
export function rendererName(gl: WebGL2RenderingContext | WebGLRenderingContext): string {
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  return typeof name === 'string' && name !== '' ? name : 'an unnamed renderer';
}

/** What a choice of backend runs on. */
export interface Found {
  readonly name: string;
  readonly software: boolean;
}

export async function probeWebgpu(gpu: GPU | undefined = findGpu()): Promise<Found | null> {
  const found = await findAdapter(gpu);
  if ('why' in found) return null;
  return { name: adapterName(found.adapter), software: isSoftware(found.adapter) };
}

export function probeWebgl(): Found | null {
  if (typeof OffscreenCanvas === 'undefined') return null;
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return null;
  const name = rendererName(gl);
  // Browsers keep about 16 contexts alive; give this one back at once.
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return { name, software: isSoftwareRenderer(name) };
}
