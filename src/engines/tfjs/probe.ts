/**
 * What there is to run on, asked without loading TensorFlow.js. Nothing here touches `navigator` until called.
 */

/** The WebGPU entry point of this page or worker, if any. */
export function browserGpu(): GPU | undefined {
  return (globalThis.navigator as Navigator | undefined)?.gpu;
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

export function isSoftwareRenderer(name: string): boolean {
  return SOFTWARE.test(name);
}

/** True where no hardware stands behind the adapter. */
export function isSoftwareAdapter({ info }: GPUAdapter): boolean {
  return (
    info.isFallbackAdapter || isSoftwareRenderer(`${info.vendor} ${info.architecture} ${info.description}`)
  );
}

/** An adapter in words: its description where the browser gives one, else vendor and architecture. */
export function adapterName({ info }: GPUAdapter): string {
  return (
    info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'an unnamed adapter'
  );
}

/** The faster adapter where there are two; `null` where there is none, or asking fails. */
export async function requestAdapter(gpu: GPU | undefined): Promise<GPUAdapter | null> {
  try {
    return (await gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? null;
  } catch {
    return null;
  }
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

export async function probeWebgpu(gpu: GPU | undefined = browserGpu()): Promise<Found | null> {
  const adapter = await requestAdapter(gpu);
  return adapter && { name: adapterName(adapter), software: isSoftwareAdapter(adapter) };
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
