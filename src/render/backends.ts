import { HalfFloatType, NeutralToneMapping, SRGBColorSpace, WebGLRenderer } from 'three';
import type { WebGPURenderer } from 'three/webgpu';
import { messageOf, ThetaError } from '../shared/errors.ts';
import type { ShaderKit } from './shaders/shader-kit.ts';
import { webglShaders } from './shaders/webgl-shaders.ts';

export type BackendKind = 'webgpu' | 'webgl';
export type BackendErrorCode = 'webgpu-unavailable' | 'webgl-unavailable';
export type Renderer = WebGLRenderer | WebGPURenderer;

export interface Backend {
  readonly kind: BackendKind;
  readonly renderer: Renderer;
  readonly shaders: ShaderKit;
  /** Releases the renderer and its context. */
  dispose(): void;
}

/** What to try, and whether something else will do. */
export interface BackendChoice {
  readonly kind: BackendKind;
  readonly forced: boolean;
  /** Why it is not the kind that was tried first. */
  readonly fallbackReason?: string;
}

export interface BackendOptions {
  readonly canvas: HTMLCanvasElement | OffscreenCanvas;
  readonly choice: BackendChoice;
  /** Told once when the GPU is lost to this renderer; it draws nothing from then on. */
  readonly onLost: (reason: string) => void;
  /** For WebXR: straight into the headset's buffer, without the pass that blends in linear light. */
  readonly direct?: boolean;
}

/**
 * Which renderer to start: the one that the page's address forces (`?renderer=`), else the operator's
 * preference, else WebGPU where the browser has it. XR always takes WebGL: pass it as `forced`.
 */
export function chooseBackend(
  search: string,
  preference?: BackendKind,
  hasWebGpu: boolean = 'gpu' in globalThis.navigator,
): BackendChoice {
  const forced = new URLSearchParams(search).get('renderer');
  if (forced === 'webgl' || forced === 'webgpu') return { kind: forced, forced: true };
  return { kind: preference ?? (hasWebGpu ? 'webgpu' : 'webgl'), forced: false };
}

/**
 * Starts a renderer on a canvas that has no context yet: one that failed may leave one behind, so the
 * next choice (`nextChoice`) wants a fresh canvas.
 * @throws {ThetaError} `webgpu-unavailable`, `webgl-unavailable`
 */
export async function createBackend(options: BackendOptions): Promise<Backend> {
  return options.choice.kind === 'webgl' ? createWebGl(options) : await createWebGpu(options);
}

/** What to try after a choice failed: WebGL after WebGPU unless that was forced, else nothing. */
export function nextChoice(failed: BackendChoice, error: unknown): BackendChoice | undefined {
  if (failed.forced || failed.kind === 'webgl') return undefined;
  return { kind: 'webgl', forced: false, fallbackReason: messageOf(error) };
}

/** Two renderers shall give one picture: the same tone mapping, in one pass at the end. */
export function applyLook(renderer: Renderer): void {
  renderer.outputColorSpace = SRGBColorSpace;
  renderer.toneMapping = NeutralToneMapping;
  renderer.toneMappingExposure = 1;
  // One frame is several passes: `SceneView` counts them together.
  renderer.info.autoReset = false;
}

function createWebGl({ canvas, onLost, direct = false }: BackendOptions): Backend {
  const renderer = startWebGl(canvas, direct);
  applyLook(renderer);
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
  return { kind: 'webgl', renderer, shaders: webglShaders, dispose };
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

async function createWebGpu({ canvas, onLost }: BackendOptions): Promise<Backend> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    const message = 'WebGPU is not available in this browser or on this graphics card.';
    throw new ThetaError<BackendErrorCode>('webgpu-unavailable', message);
  }
  const [{ WebGPURenderer }, { webgpuShaders }] = await Promise.all([
    import('./webgpu-renderer.ts'),
    import('./shaders/webgpu-shaders.ts'),
  ]);
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
