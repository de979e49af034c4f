import {
  BoxGeometry,
  type Camera,
  Color,
  DoubleSide,
  HalfFloatType,
  InstancedMesh,
  MeshDepthMaterial,
  Scene,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import { type Backend, isWebGl } from './backends.ts';

/** How often it looks whether the GPU is done, in ms. */
const LOOK_MS = 10;

/**
 * Compiles the shaders that a scene is drawn with, and resolves when they are ready to be used. The
 * page goes on meanwhile, where the first frame would have it stand still until the last is compiled.
 */
export async function warmUp(backend: Backend, scene: Scene, camera: Camera): Promise<void> {
  const { renderer, direct } = backend;
  if (!isWebGl(renderer)) {
    await renderer.compileAsync(scene, camera);
    return;
  }
  await compile(renderer, direct, scene, camera);
  // Without KHR_parallel_shader_compile three cannot tell: the compiling is still in the GPU's queue.
  const gl = renderer.getContext();
  if (gl instanceof WebGL2RenderingContext) await queueDone(gl);
}

/**
 * Three compiles for what is drawn into at the time, and a frame on a page is drawn into a target in linear
 * light: compiled for the canvas, every shader of the scene would be compiled once more by the first frame.
 */
async function compile(
  renderer: WebGLRenderer,
  direct: boolean,
  scene: Scene,
  camera: Camera,
): Promise<void> {
  const target = new WebGLRenderTarget(1, 1, { type: HalfFloatType });
  const before = renderer.getRenderTarget();
  const shadows = new ShadowCaster();
  const compiling: Promise<unknown>[] = [];
  // Only their beginning looks at the target; what follows waits for the GPU. What cannot be compiled
  // must not leave the view drawn into a target that nobody sees.
  try {
    renderer.setRenderTarget(direct ? null : target);
    compiling.push(renderer.compileAsync(scene, camera));
    // Shadows are always drawn into a target, in a headset, too.
    renderer.setRenderTarget(target);
    if (renderer.shadowMap.enabled)
      compiling.push(renderer.compileAsync(shadows.scene, camera, scene));
  } finally {
    renderer.setRenderTarget(before);
  }
  try {
    await Promise.all(compiling);
  } finally {
    target.dispose();
    shadows.dispose();
  }
}

/** A stand-in for what batches draw into shadow maps: three has no material for that before it does. */
class ShadowCaster {
  readonly scene = new Scene();
  readonly #caster = new InstancedMesh(new BoxGeometry(), new MeshDepthMaterial(), 1);

  constructor() {
    // As `batches` have it: both sides, and a colour for each instance.
    this.#caster.material.side = DoubleSide;
    this.#caster.setColorAt(0, new Color());
    this.scene.add(this.#caster);
  }

  /** The material stays: with its last material a program goes too. */
  dispose(): void {
    this.#caster.geometry.dispose();
    this.#caster.dispose();
  }
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
