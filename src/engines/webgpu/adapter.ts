/** Asks the browser for WebGPU, and explains in words what came of it. */
import type { Availability } from '../contract.ts';
import { enginesText as text } from '../words.ts';

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render|warp/i;

/** The entry point, without touching `navigator` where there is none. */
export function findGpu(): GPU | undefined {
  return (globalThis.navigator as Navigator | undefined)?.gpu;
}

/** A name a person would recognise. */
export function adapterName({ info }: GPUAdapter): string {
  const { vendor, architecture, device, description } = info;
  const name = description || [vendor, architecture || device].filter(Boolean).join(' ');
  return name === '' ? 'an unnamed adapter' : name;
}

/** Whether no hardware stands behind the adapter. */
export function isSoftware({ info }: GPUAdapter): boolean {
  const { vendor, architecture, device, description } = info;
  return info.isFallbackAdapter || SOFTWARE.test(`${vendor} ${architecture} ${device} ${description}`);
}

export type Found = { readonly adapter: GPUAdapter } | { readonly why: string };

/** An adapter, or a sentence that says why there is none and what to do. */
export async function findAdapter(gpu: GPU | undefined = findGpu()): Promise<Found> {
  if (!gpu) {
    const insecure = globalThis.isSecureContext === false;
    return { why: insecure ? text.insecure : text.noWebgpu };
  }
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (adapter) return { adapter };
  } catch (error) {
    return { why: text.noStart(error instanceof Error ? error.message : String(error)) };
  }
  return { why: text.noAdapter };
}

export async function webgpuAvailability(gpu?: GPU): Promise<Availability> {
  const found = await findAdapter(gpu ?? findGpu());
  if ('why' in found) return { ok: false, why: found.why };
  return { ok: true, name: adapterName(found.adapter), software: isSoftware(found.adapter) };
}
