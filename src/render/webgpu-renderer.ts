// Loaded when it is needed. By its name alone, so that the build leaves out what nobody uses of three.
export { WebGPURenderer } from 'three/webgpu';
