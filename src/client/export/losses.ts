import type { Component } from '../../ecs/component.ts';
import {
  Camera,
  Environment,
  Fog,
  Light,
  Material,
  Primitive,
  SharedMaterial,
} from '../../ecs/components/index.ts';
import type { ExportFormat } from './formats.ts';
import { type ExportedScene, exportedEntities } from './scene-objects.ts';

/** What a format cannot hold, where the scene has it: each a sentence for people. */
export function lossesOf(format: ExportFormat, scene: ExportedScene): string[] {
  const { world } = scene.document;
  const entities = exportedEntities(scene);
  const count = (component: Component, fits: (index: number) => boolean = () => true): number =>
    entities.filter((entity, at) => world.has(entity, component) && fits(at)).length;
  const ambient = entities.filter((entity) => world.get(entity, Light)?.kind === 'ambient').length;
  const surroundings = count(Environment) + count(Fog);
  const losses: string[] = [];
  const lose = (many: number, one: string, more: string, then: string): void => {
    if (many > 0) losses.push(`${many === 1 ? `One ${one}` : `${many} ${more}`} ${then}`);
  };
  const left = 'will not be in the file.';
  if (format === 'glb') {
    lose(ambient, 'ambient light', 'ambient lights', left);
    lose(surroundings, 'sky or fog', 'skies and fogs', left);
    lose(count(Primitive), 'shape', 'shapes', 'will be fixed meshes, without parameters.');
  }
  if (format === 'obj' || format === 'stl') {
    lose(count(Light), 'light', 'lights', left);
    lose(count(Camera), 'camera', 'cameras', left);
    lose(surroundings, 'sky or fog', 'skies and fogs', left);
    const parents = entities.some((entity) => scene.document.effectiveParent(entity) !== 0);
    if (parents) losses.push('The hierarchy is lost: every object stands by itself.');
  }
  if (format === 'obj') losses.push('Metalness and roughness are kept only by newer programs.');
  if (format === 'stl') {
    lose(count(Material) + count(SharedMaterial), 'material', 'materials', left);
    losses.push('Names are lost, and all objects become one shape.');
  }
  return losses;
}
