import type { Component, Plain } from '../../ecs/component.ts';
import {
  Camera,
  Environment,
  Flags,
  Fog,
  Light,
  Material,
  MaterialLink,
  Mesh,
  Primitive,
  TextureMapping,
} from '../../ecs/components/index.ts';
import type { Entity } from '../../ecs/entity.ts';
import type { ExportFormat } from './formats.ts';
import { type ExportedScene, exportedEntities, materialHolder } from './scene-objects.ts';

/** What a format cannot hold, where the scene has it: each a sentence for people. */
export function lossesOf(format: ExportFormat, scene: ExportedScene): string[] {
  const { world } = scene.document;
  const entities = exportedEntities(scene);
  const count = (component: Component): number =>
    entities.filter((entity) => world.has(entity, component)).length;
  const lights = entities.flatMap((entity) => world.get(entity, Light) ?? []);
  const ambient = lights.filter(({ kind }) => kind === 'ambient').length;
  const shadowing = lights.filter(
    ({ kind, castShadow }) => castShadow && kind !== 'ambient',
  ).length;
  const surroundings = count(Environment) + count(Fog);
  const losses: string[] = [];
  const lose = (many: number, one: string, more: string, then: string): void => {
    if (many > 0) losses.push(`${many === 1 ? `One ${one}` : `${many} ${more}`} ${then}`);
  };
  const left = 'will not be in the file.';
  if (format === 'glb') {
    lose(ambient, 'ambient light', 'ambient lights', left);
    lose(shadowing, 'light', 'lights', 'will cast no shadows.');
    lose(surroundings, 'sky or fog', 'skies and fogs', left);
  }
  if (format === 'obj' || format === 'stl') {
    lose(count(Light), 'light', 'lights', left);
    lose(count(Camera), 'camera', 'cameras', left);
    lose(surroundings, 'sky or fog', 'skies and fogs', left);
    const parents = entities.some((entity) => scene.document.effectiveParent(entity) !== 0);
    if (parents) losses.push('The hierarchy is lost: every object stands by itself.');
  }
  if (format === 'obj') {
    losses.push('Metalness and roughness are kept only by newer programs.');
    const worn = wornMaterials(scene, entities);
    const finer = worn.filter((holder) => hasFinerMaps(world.get(holder, Material))).length;
    lose(
      finer,
      'material',
      'materials',
      'will lack the maps of metalness, roughness and occlusion.',
    );
    const mapped = worn.filter((holder) => world.has(holder, TextureMapping)).length;
    lose(mapped, 'material', 'materials', 'will lose how the maps lie on the surface.');
  }
  if (format === 'stl') {
    const worn = entities.filter(
      (entity) => world.has(entity, Material) || world.has(entity, MaterialLink),
    );
    const materials = new Set(worn.map((entity) => materialHolder(scene.document, entity)));
    lose(materials.size, 'material', 'materials', left);
    losses.push('Names are lost, and all objects become one shape.');
  }
  if (format === 'glb' || format === 'obj' || format === 'stl') {
    lose(count(Primitive), 'shape', 'shapes', 'will be fixed meshes, without parameters.');
    const hidden = entities.filter((entity) => world.get(entity, Flags)?.hidden).length;
    lose(hidden, 'hidden object', 'hidden objects', 'will be in plain sight.');
  }
  return losses;
}

/** Who holds the materials that show, each once. */
function wornMaterials({ document }: ExportedScene, entities: readonly Entity[]): Entity[] {
  const shown = entities.filter(
    (entity) => document.world.has(entity, Mesh) || document.world.has(entity, Primitive),
  );
  return [...new Set(shown.map((entity) => materialHolder(document, entity)))];
}

function hasFinerMaps(material: Plain<typeof Material> | undefined): boolean {
  return (
    material !== undefined && `${material.metallicRoughnessMap}${material.occlusionMap}` !== ''
  );
}
