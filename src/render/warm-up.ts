import type { Camera, Scene, WebGLRenderer } from 'three';
import type { Backend } from './backends.ts';

/** How often it looks whether the GPU is done, in ms. */
const LOOK_MS = 10;

/**
 * Compiles the shaders that a scene is drawn with, and resolves when they are ready to be used. The
 * page goes on meanwhile, where the first frame would have it stand still until the last is compiled.
 */
export async function warmUp(backend: Backend, scene: Scene, camera: Camera): Promise<void> {
  await backend.renderer.compileAsync(scene, camera);
  // Without KHR_parallel_shader_compile three cannot tell: the compiling is still in the GPU's queue.
  if (backend.kind !== 'webgl') return;
  const gl = (backend.renderer as WebGLRenderer).getContext();
  if (gl instanceof WebGL2RenderingContext) await queueDone(gl);
}

/** Resolves when the GPU has carried out what it has been told so far, or its context is lost. */
function queueDone(gl: WebGL2RenderingContext): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  return new Promise((resolve) => {
    const look = (): void => {
      const isDone =
        fence === null ||
        gl.isContextLost() ||
        gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED;
      if (!isDone) {
        setTimeout(look, LOOK_MS);
        return;
      }
      gl.deleteSync(fence);
      resolve();
    };
    look();
  });
}
