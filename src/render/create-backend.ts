import { ThetaError } from '../shared/errors.ts';
import type { Backend, BackendErrorCode, BackendKind, BackendOptions } from './backends.ts';
import { wakeGraphics } from './wake-graphics.ts';

/**
 * Starts a renderer on a canvas that has no context yet: one that failed may leave one behind, so the
 * next choice (`nextChoice`) wants a fresh canvas. Of the two renderers only that one is loaded.
 * @throws {ThetaError} `webgpu-unavailable`, `webgl-unavailable`
 */
export async function createBackend(options: BackendOptions): Promise<Backend> {
  if (options.choice.kind === 'webgl') {
    const [{ createWebGl }] = await Promise.all([loadWebGl(), wakeGraphics()]);
    return createWebGl(options);
  }
  const { createWebGpu } = await loadWebGpu();
  return await createWebGpu(options);
}

/** Has the browser fetch a renderer that will be wanted soon, while there is other work to do. */
export function preloadBackend(kind: BackendKind): void {
  // Whoever starts it is told what it lacks.
  void (kind === 'webgl' ? loadWebGl() : loadWebGpu()).catch(() => undefined);
}

function loadWebGl(): Promise<typeof import('./webgl-backend.ts')> {
  return import('./webgl-backend.ts');
}

/** A browser may have the interface and no graphics card for it: then the code stays where it is. */
async function loadWebGpu(): Promise<typeof import('./webgpu-backend.ts')> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    const message = 'WebGPU is not available in this browser or on this graphics card.';
    throw new ThetaError<BackendErrorCode>('webgpu-unavailable', message);
  }
  return import('./webgpu-backend.ts');
}
