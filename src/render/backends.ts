import { NeutralToneMapping, SRGBColorSpace, type WebGLRenderer } from 'three';
import type { WebGPURenderer } from 'three/webgpu';
import { messageOf } from '../shared/errors.ts';
import type { ShaderKit } from './shaders/shader-kit.ts';

export type BackendKind = 'webgpu' | 'webgl';
export type BackendErrorCode = 'webgpu-unavailable' | 'webgl-unavailable';
export type Renderer = WebGLRenderer | WebGPURenderer;

export interface Backend {
  readonly kind: BackendKind;
  readonly renderer: Renderer;
  readonly shaders: ShaderKit;
  /** As in `BackendOptions`. */
  readonly direct: boolean;
  /** Releases the renderer and its context. */
  dispose(): void;
}

/** Which of the two it is, without the code of either. */
export function isWebGl(renderer: Renderer): renderer is WebGLRenderer {
  return 'isWebGLRenderer' in renderer;
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
