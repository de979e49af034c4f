import { BackSide, type Matrix4, Mesh, ShaderMaterial, SphereGeometry } from 'three';

const FADE_SECONDS = 0.15;
/** Cosines of the angles to where one looks at which the dark begins, and is complete. */
const CLEAR = 0.83;
const DARK = 0.68;
/** Over everything else. */
const RENDER_ORDER = 2000;

/** Narrows the view while the world moves by itself, which keeps many people from feeling sick. */
export class Vignette {
  readonly root: Mesh<SphereGeometry, ShaderMaterial>;
  #strength = 0;

  constructor() {
    const material = new ShaderMaterial({
      uniforms: { strength: { value: 0 }, clear: { value: CLEAR }, dark: { value: DARK } },
      vertexShader: `
        varying vec3 ahead;
        void main() {
          ahead = position;
          gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
        }`,
      fragmentShader: `
        varying vec3 ahead;
        uniform float strength, clear, dark;
        void main() {
          float edge = smoothstep(clear, dark, -normalize(ahead).z);
          gl_FragColor = vec4(0.0, 0.0, 0.0, edge * strength);
        }`,
      transparent: true,
      depthTest: false,
      depthWrite: false,
      side: BackSide,
    });
    this.root = new Mesh(new SphereGeometry(1, 32, 24), material);
    this.root.name = 'vignette';
    this.root.frustumCulled = false;
    this.root.renderOrder = RENDER_ORDER;
    this.root.matrixAutoUpdate = false;
    this.root.visible = false;
  }

  /** @param head where the head is in the world */
  update(moving: boolean, head: Matrix4, scale: number, seconds: number): void {
    const step = seconds / FADE_SECONDS;
    this.#strength = Math.min(1, Math.max(0, this.#strength + (moving ? step : -step)));
    this.root.visible = this.#strength > 0;
    if (!this.root.visible) return;
    this.root.material.uniforms.strength!.value = this.#strength;
    this.root.matrix.copy(head).scale({ x: scale, y: scale, z: scale } as never);
    this.root.matrixWorldNeedsUpdate = true;
  }

  dispose(): void {
    this.root.geometry.dispose();
    this.root.material.dispose();
    this.root.removeFromParent();
  }
}
