/** What the importers read, as an `accept` attribute says it. Textures and buffers of a `.gltf` come along. */
export const ACCEPTED_FILES = '.theta,.glb,.gltf,.bin,.obj,.mtl,.stl,.ply,.png,.jpg,.jpeg,.webp';

const MODEL_NAME = /\.(theta|glb|gltf|obj|stl|ply)$/i;

/** Whether a file is a model by its name. */
export function isModelFile(name: string): boolean {
  return MODEL_NAME.test(name);
}
