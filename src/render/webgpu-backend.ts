import { HalfFloatType } from 'three';
import { WebGPURenderer } from 'three/webgpu';
import { messageOf, ThetaError } from '../shared/errors.ts';
import { applyLook, type Backend, type BackendErrorCode, type BackendOptions } from './backends.ts';
import { webgpuShaders } from './shaders/webgpu-shaders.ts';

/** @throws {ThetaError} `webgpu-unavailable` */
export async function createWebGpu({ canvas, onLost }: BackendOptions): Promise<Backend> {
  const renderer = new WebGPURenderer({
    canvas: canvas as HTMLCanvasElement,
    antialias: true,
    powerPreference: 'high-performance',
    outputBufferType: HalfFloatType,
  });
  renderer.onDeviceLost = (info) => onLost(info.message || 'The graphics device was lost.');
  await startWebGpu(renderer);
  applyLook(renderer);
  return {
    kind: 'webgpu',
    renderer,
    shaders: webgpuShaders,
    direct: false,
    dispose: () => void renderer.dispose(),
  };
}

/** Three falls back to its WebGL backend by itself; ours is the `WebGLRenderer`, so that is a failure. */
async function startWebGpu(renderer: WebGPURenderer): Promise<void> {
  try {
    await renderer.init();
  } catch (cause) {
    const message = `WebGPU did not start: ${messageOf(cause)}`;
    throw new ThetaError<BackendErrorCode>('webgpu-unavailable', message, { cause });
  }
  if ('isWebGPUBackend' in renderer.backend) return;
  await renderer.dispose();
  throw new ThetaError<BackendErrorCode>('webgpu-unavailable', 'WebGPU did not start.');
}
