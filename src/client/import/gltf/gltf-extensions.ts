import type { ImportRun } from '../import-run.ts';
import type { Gltf } from './gltf-schema.ts';

const SUPPORTED: ReadonlySet<string> = new Set([
  'KHR_lights_punctual',
  'KHR_materials_emissive_strength',
  'KHR_mesh_quantization',
  'KHR_texture_transform',
  'EXT_texture_webp',
  'KHR_draco_mesh_compression',
  'EXT_meshopt_compression',
]);

/** A file that requires these still shows its shapes without them. */
const LOOKS_ONLY = /^(KHR|EXT|MSFT|ADOBE)_(materials|texture)_/;

/**
 * Refuses what cannot be read without an extension that we lack, and warns of the rest.
 * @throws {ThetaError<ImportCode>} `unsupported_feature`
 */
export function checkExtensions(gltf: Gltf, run: ImportRun): void {
  for (const name of gltf.extensionsRequired ?? []) {
    if (SUPPORTED.has(name) || LOOKS_ONLY.test(name)) continue;
    const why = `it needs the extension ${name.slice(0, 64)}`;
    throw run.fault('unsupported_feature', `cannot be imported: ${why}; export it without`);
  }
  for (const name of gltf.extensionsUsed ?? []) {
    if (SUPPORTED.has(name)) continue;
    run.warn(`The extension ${name.slice(0, 64)} was left out.`);
  }
  if (gltf.animations.length > 0) run.warn('Animations were left out.');
}
