/** The GPU's own limit: multiply-adds that touch nothing but registers. */

/** Independent chains of four lanes a thread: enough to hide the latency of a multiply-add on any GPU known. */
const CHAINS = 8;
const UNROLLED = 16;
const THREADS = 256;
const GROUPS = 2048;

const names = Array.from({ length: CHAINS }, (_, i) => `c${i}`);
const SHADER = `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<uniform> given: vec4f; // factor, term, rounds, never

@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let x = vec4f(given.x);
  let y = vec4f(given.y) + f32(id.x) * 1e-9;
  ${names.map((name, i) => `var ${name} = vec4f(${i}.0);`).join('\n  ')}
  for (var i = 0u; i < u32(given.z); i++) {
    ${Array.from({ length: UNROLLED }, () => names.map((name) => `${name} = fma(${name}, x, y);`).join(' ')).join('\n    ')}
  }
  let all = ${names.join(' + ')};
  // Never true, but nobody can know: without it the work could be left out.
  if (dot(all, vec4f(1.0)) == given.w) { out[id.x % 64u] = all.x; }
}`;

/** @returns GFLOP/s in float32, the best of `rounds` measurements of about `seconds` each. */
export async function gpuPeak(device: GPUDevice, rounds = 5, seconds = 0.2): Promise<number> {
  const module = device.createShaderModule({ code: SHADER });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
  const out = device.createBuffer({ size: 256, usage: GPUBufferUsage.STORAGE });
  const given = device.createBuffer({ size: 16, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST });
  const bindings = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [
      { binding: 0, resource: { buffer: out } },
      { binding: 1, resource: { buffer: given } },
    ],
  });
  const time = async (loops: number) => {
    device.queue.writeBuffer(given, 0, new Float32Array([0.5, 1, loops, -1]));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindings);
    pass.dispatchWorkgroups(GROUPS);
    pass.end();
    const start = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return (performance.now() - start) / 1000;
  };
  let loops = 1;
  await time(loops);
  while ((await time(loops)) < seconds && loops < 2 ** 20) loops *= 2;
  let best = 0;
  for (let round = 0; round < rounds; round++) {
    const flops = 2 * 4 * CHAINS * UNROLLED * loops * THREADS * GROUPS;
    best = Math.max(best, flops / (await time(loops)) / 1e9);
  }
  out.destroy();
  given.destroy();
  return best;
}
