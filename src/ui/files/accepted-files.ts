/** What the importers read, as an `accept` attribute says it. Textures and buffers of a `.gltf` come along. */
export const ACCEPTED_FILES = '.glb,.gltf,.bin,.obj,.mtl,.png,.jpg,.jpeg,.webp';

const MODEL_NAME = /\.(glb|gltf|obj)$/i;

/** Whether a file is a model by its name. */
export function isModelFile(name: string): boolean {
  return MODEL_NAME.test(name);
}
