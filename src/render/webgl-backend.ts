import { HalfFloatType, WebGLRenderer } from 'three';
import { ThetaError } from '../shared/errors.ts';
import { applyLook, type Backend, type BackendErrorCode, type BackendOptions } from './backends.ts';
import { webglShaders } from './shaders/webgl-shaders.ts';

/** @throws {ThetaError} `webgl-unavailable` */
export function createWebGl({ canvas, onLost, direct = false }: BackendOptions): Backend {
  const renderer = startWebGl(canvas, direct);
  applyLook(renderer);
  // The page would stand still for each shader until the GPU's process has told that it is well.
  renderer.debug.checkShaderErrors = import.meta.env.DEV;
  const lost = (event: Event): void => {
    event.preventDefault();
    onLost('The graphics context was lost.');
  };
  canvas.addEventListener('webglcontextlost', lost);
  const dispose = (): void => {
    canvas.removeEventListener('webglcontextlost', lost);
    renderer.dispose();
    renderer.forceContextLoss();
  };
  return { kind: 'webgl', renderer, shaders: webglShaders, direct, dispose };
}

function startWebGl(canvas: BackendOptions['canvas'], direct: boolean): WebGLRenderer {
  try {
    return new WebGLRenderer({
      canvas,
      antialias: true,
      powerPreference: 'high-performance',
      ...(direct ? {} : { outputBufferType: HalfFloatType }),
    });
  } catch (cause) {
    const message = 'This browser cannot draw 3D: WebGL 2 is switched off or not supported.';
    throw new ThetaError<BackendErrorCode>('webgl-unavailable', message, { cause });
  }
}
