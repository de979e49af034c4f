import { strToU8, zipSync } from 'fflate';
import { type Color, type Mesh, MeshStandardMaterial, type Object3D, SRGBColorSpace } from 'three';
import { OBJExporter } from 'three/examples/jsm/exporters/OBJExporter.js';
import { readImageHeader } from '../../shared/image-header.ts';
import type { ProjectSource } from '../project/write-project.ts';
import type { ExportedFile } from './formats.ts';
import { type ExportedScene, sceneObjects } from './scene-objects.ts';
import { unmirror } from './unmirror.ts';

const NAME = 'scene';
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

/** An OBJ file with its materials and their images, all in one `.zip`. */
export async function writeObj(scene: ExportedScene & ProjectSource): Promise<ExportedFile> {
  const objects = await sceneObjects(scene);
  objects.updateMatrixWorld(true);
  unmirror(objects);
  flipMaps(objects);
  const materials = nameMaterials(objects);
  const files: Record<string, Uint8Array> = {
    [`${NAME}.obj`]: strToU8(`mtllib ${NAME}.mtl\n${new OBJExporter().parse(objects)}`),
  };
  const images = new Map<string, string>();
  for (const digest of mapsOf(materials)) {
    const bytes = await scene.content(digest);
    const type = readImageHeader(bytes)?.mediaType ?? '';
    const name = `${digest.slice(0, 16)}.${EXTENSIONS[type] ?? 'bin'}`;
    images.set(digest, name);
    files[name] = bytes;
  }
  files[`${NAME}.mtl`] = strToU8([...materials].map((each) => mtlOf(each, images)).join('\n'));
  const bytes = new Uint8Array(zipSync(files));
  return { bytes, extension: 'obj.zip', mediaType: 'application/zip' };
}

/** In an OBJ file v runs upwards. */
function flipMaps(objects: Object3D): void {
  const flipped = new Set<unknown>();
  objects.traverse((object) => {
    const { geometry } = object as Mesh;
    const uvs = geometry?.getAttribute('uv');
    if (uvs === undefined || flipped.has(geometry)) return;
    flipped.add(geometry);
    // An asset's own are not for us to change.
    const own = uvs.clone();
    for (let at = 0; at < own.count; at++) own.setY(at, 1 - uvs.getY(at));
    geometry.setAttribute('uv', own);
  });
}

/** Names each material apart, as `usemtl` needs it. */
function nameMaterials(objects: Object3D): Set<MeshStandardMaterial> {
  const materials = new Set<MeshStandardMaterial>();
  objects.traverse((object) => {
    const { material } = object as Mesh;
    if (!(material instanceof MeshStandardMaterial) || materials.has(material)) return;
    materials.add(material);
    const word = (material.name || 'material').replaceAll(/\s+/g, '_');
    material.name = `${word}_${materials.size}`;
  });
  return materials;
}

function mapsOf(materials: Iterable<MeshStandardMaterial>): Set<string> {
  const digests = new Set<string>();
  for (const { map, normalMap, emissiveMap } of materials) {
    for (const each of [map, normalMap, emissiveMap]) if (each) digests.add(each.name);
  }
  return digests;
}

/** Kd and Ke are what a screen shows; Pr and Pm are the metallic-roughness of later MTL writers. */
function mtlOf(material: MeshStandardMaterial, images: ReadonlyMap<string, string>): string {
  const { name, color, emissive, emissiveIntensity, roughness, metalness, opacity } = material;
  const line = (key: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`${key} ${value}`];
  const image = (map: { readonly name: string } | null): string | undefined =>
    map === null ? undefined : images.get(map.name);
  return [
    `newmtl ${name}`,
    `Kd ${srgb(color)}`,
    `Ke ${srgb(emissive.clone().multiplyScalar(Math.min(1, emissiveIntensity)))}`,
    `Pr ${roughness}`,
    `Pm ${metalness}`,
    `d ${material.transparent ? opacity : 1}`,
    ...line('map_Kd', image(material.map)),
    ...line('norm', image(material.normalMap)),
    ...line('map_Ke', image(material.emissiveMap)),
    '',
  ].join('\n');
}

function srgb(color: Color): string {
  const { r, g, b } = color.getRGB({ r: 0, g: 0, b: 0 }, SRGBColorSpace);
  return [r, g, b].map((channel) => channel.toFixed(6)).join(' ');
}
