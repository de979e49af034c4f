import {
  PCFShadowMap,
  type PerspectiveCamera,
  Scene,
  type WebGLRenderer,
  type WebXRManager,
} from 'three';
import { applyLook, type Backend, type BackendChoice } from '../../render/backends.ts';
import { createBackend } from '../../render/create-backend.ts';

export interface CanvasHostOptions {
  /** Given a canvas that fills it. */
  readonly parent: HTMLElement;
  readonly choice: BackendChoice;
  readonly camera: PerspectiveCamera;
  /** For WebXR: `BackendOptions.direct`. */
  readonly direct: boolean;
  /** Told once when the GPU is lost; not when the host itself is taken down. */
  readonly onLost: (reason: string) => void;
  /** CSS pixels; called when the box has a new size, and when it has its first. */
  readonly onResize: (width: number, height: number) => void;
  /** Called right before a frame, a headset's with its own; says whether it is drawn. */
  readonly onDraw: (seconds: number, frame?: XRFrame) => boolean;
  /** Called after a frame was drawn: when the renderer began and when it ended, in ms. */
  readonly onDrawn: (startMs: number, endMs: number) => void;
}

/** Sharper than this costs more than it shows. */
const MOST_PIXEL_RATIO = 2;
const MILLISECONDS = 1000;

/** A canvas of one renderer, its size and its frames: on demand on the page, each one in a headset. */
export class CanvasHost {
  readonly scene = new Scene();
  readonly canvas: HTMLCanvasElement;
  readonly backend: Backend;
  readonly #options: CanvasHostOptions;
  readonly #sizes: ResizeObserver;
  /** Headsets are drawn into with WebGL alone. */
  readonly #xr: WebXRManager | undefined;
  #ratio: MediaQueryList | undefined;
  #hasSize = false;
  #isWanted = false;
  #isDisposed = false;
  #last = performance.now();

  private constructor(options: CanvasHostOptions, canvas: HTMLCanvasElement, backend: Backend) {
    this.#options = options;
    this.canvas = canvas;
    this.backend = backend;
    const { renderer } = backend;
    applyLook(renderer);
    renderer.shadowMap.enabled = true;
    renderer.shadowMap.type = PCFShadowMap;
    if (backend.kind === 'webgl') this.#xr = (renderer as WebGLRenderer).xr;
    this.#xr?.addEventListener('sessionstart', this.#onSession);
    this.#xr?.addEventListener('sessionend', this.#onSession);
    this.#sizes = new ResizeObserver(() => this.#resize());
  }

  /**
   * Puts a canvas into its parent and starts a renderer on it. Sizes and frames come once it is
   * `begin`-ed.
   * @throws {ThetaError} `webgpu-unavailable`, `webgl-unavailable`; the canvas is gone again then
   */
  static async start(options: CanvasHostOptions): Promise<CanvasHost> {
    const canvas = document.createElement('canvas');
    options.parent.append(canvas);
    const { choice, direct } = options;
    // Taking the canvas down loses its context too; that is no news.
    const onLost = (reason: string): void => {
      if (host === undefined || !host.#isDisposed) options.onLost(reason);
    };
    let host: CanvasHost | undefined;
    try {
      host = new CanvasHost(
        options,
        canvas,
        await createBackend({ canvas, choice, onLost, direct }),
      );
      return host;
    } catch (error) {
      canvas.remove();
      throw error;
    }
  }

  /** From now on `onResize` and `onDraw` are called. */
  begin(): void {
    this.#sizes.observe(this.#options.parent);
    this.#followRatio();
  }

  /** Asks for a frame to be drawn; costs nothing when one is coming anyway. */
  readonly invalidate = (): void => {
    this.#isWanted = true;
  };

  /** Draws, once for each frame of the browser, if one was asked for. A headset draws by itself. */
  frame(now: number): void {
    if (!this.#isWanted || !this.#hasSize || this.#xr?.isPresenting) return;
    this.#isWanted = false;
    this.#draw(now);
  }

  /**
   * What is shown now, as an image file of so many pixels across; undefined while nothing can be drawn.
   * Drawn anew, for a canvas forgets what it showed when the frame ends.
   */
  async picture(width: number): Promise<Blob | undefined> {
    if (!this.#hasSize || this.#xr?.isPresenting) return undefined;
    if (!this.#options.onDraw(0)) return undefined;
    this.backend.renderer.render(this.scene, this.#options.camera);
    const height = Math.round((width * this.canvas.height) / this.canvas.width);
    const bitmap = await createImageBitmap(this.canvas, {
      resizeWidth: width,
      resizeHeight: height,
      resizeQuality: 'medium',
    });
    const page = new OffscreenCanvas(width, height);
    page.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
    return page.convertToBlob({ type: 'image/webp', quality: 0.8 });
  }

  /** Releases the renderer and takes the canvas away. */
  dispose(): void {
    this.#isDisposed = true;
    this.#xr?.removeEventListener('sessionstart', this.#onSession);
    this.#xr?.removeEventListener('sessionend', this.#onSession);
    this.#ratio?.removeEventListener('change', this.#followRatio);
    this.#sizes.disconnect();
    this.backend.dispose();
    this.canvas.remove();
  }

  #draw(now: number, frame?: XRFrame): void {
    const seconds = Math.max(0, now - this.#last) / MILLISECONDS;
    this.#last = now;
    if (!this.#options.onDraw(seconds, frame)) return;
    const began = performance.now();
    this.backend.renderer.render(this.scene, this.#options.camera);
    this.#options.onDrawn(began, performance.now());
  }

  readonly #onSession = (): void => {
    const xr = this.#xr as WebXRManager;
    xr.enabled = xr.isPresenting;
    const draw = (now: number, frame?: XRFrame): void => this.#draw(now, frame);
    xr.setAnimationLoop(xr.isPresenting ? draw : null);
    if (!xr.isPresenting) this.#resize();
  };

  #resize(): void {
    const { renderer } = this.backend;
    const { clientWidth, clientHeight } = this.#options.parent;
    // Three holds on to the headset's size while it draws into one, and gives the page's back after.
    if (this.#xr?.isPresenting) return;
    this.#hasSize = clientWidth > 0 && clientHeight > 0;
    if (!this.#hasSize) return;
    renderer.setPixelRatio(Math.min(Math.max(devicePixelRatio, 1), MOST_PIXEL_RATIO));
    renderer.setSize(clientWidth, clientHeight, false);
    this.#options.onResize(clientWidth, clientHeight);
    this.invalidate();
  }

  /** The ratio changes with the page's zoom and with the screen it is on. */
  readonly #followRatio = (): void => {
    this.#ratio?.removeEventListener('change', this.#followRatio);
    this.#ratio = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    this.#ratio.addEventListener('change', this.#followRatio);
    this.#resize();
  };
}
