/** What the viewport says of itself for the status bar. Written by whoever owns the viewport. */
export interface SceneStats {
  readonly entities: number;
  /** `undefined` while the renderer is starting. */
  readonly renderer: 'webgpu' | 'webgl' | undefined;
}
