import type { WebGPURenderer } from 'three/webgpu';
import { isWebGl, type Renderer } from '../../src/render/backends.ts';

/** Resolves when the GPU has done all that it was given. */
export async function drain(renderer: Renderer): Promise<void> {
  if (isWebGl(renderer)) {
    const gl = renderer.getContext();
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    return;
  }
  await deviceOf(renderer).queue.onSubmittedWorkDone();
}

/** Milliseconds of GPU time that `render` takes, or nothing where the GPU does not tell. */
export async function gpuTime(renderer: Renderer, render: () => void): Promise<number | undefined> {
  if (isWebGl(renderer)) return webglTime(renderer.getContext() as WebGL2RenderingContext, render);
  const { backend } = renderer as unknown as { backend: { trackTimestamp: boolean } };
  if (!deviceOf(renderer).features.has('timestamp-query')) return undefined;
  backend.trackTimestamp = true;
  render();
  return renderer.resolveTimestampsAsync('render');
}

async function webglTime(
  gl: WebGL2RenderingContext,
  render: () => void,
): Promise<number | undefined> {
  const timer = gl.getExtension('EXT_disjoint_timer_query_webgl2') as {
    TIME_ELAPSED_EXT: number;
    GPU_DISJOINT_EXT: number;
  } | null;
  if (timer === null) return undefined;
  const query = gl.createQuery();
  gl.beginQuery(timer.TIME_ELAPSED_EXT, query);
  render();
  gl.endQuery(timer.TIME_ELAPSED_EXT);
  for (let tries = 0; tries < 100; tries++) {
    await nextFrame();
    if (gl.getQueryParameter(query, gl.QUERY_RESULT_AVAILABLE)) break;
  }
  const available = gl.getQueryParameter(query, gl.QUERY_RESULT_AVAILABLE) as boolean;
  const disjoint = gl.getParameter(timer.GPU_DISJOINT_EXT) as boolean;
  const nanoseconds = available ? (gl.getQueryParameter(query, gl.QUERY_RESULT) as number) : 0;
  gl.deleteQuery(query);
  return available && !disjoint ? nanoseconds / 1e6 : undefined;
}

/** Resolves with the browser's next frame. */
export function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

function deviceOf(renderer: WebGPURenderer): GPUDevice {
  return (renderer.backend as unknown as { device: GPUDevice }).device;
}
