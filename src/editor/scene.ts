import type { Component } from '../ecs/component.ts';
import {
  Camera,
  Environment,
  Flags,
  Fog,
  Light,
  Material,
  MaterialLink,
  Mesh,
  Name,
  Primitive,
  RECORDS,
  SharedMaterial,
  TextureMapping,
  Transform,
} from '../ecs/components/index.ts';
import type { Document } from '../ecs/document/document.ts';
import { type Entity, entityIndex, NO_ENTITY } from '../ecs/entity.ts';
import {
  type Affine,
  affineOf,
  composeAffine,
  IDENTITY_AFFINE,
  type Pose,
  poseWithin,
} from './geometry/affine.ts';
import { IDENTITY, type Quat } from './geometry/quat.ts';
import { ONE, type Vec3, ZERO } from './geometry/vec3.ts';
import type { EntityKind, PreviewTransform } from './stores/states.ts';

const STILL: Pose = { position: ZERO, rotation: IDENTITY, scale: ONE };

/** Components that an object has from the material that it shares. */
const SURFACE: ReadonlySet<string> = new Set([Material.name, TextureMapping.name]);

const KIND_NAMES: Readonly<Record<EntityKind, string>> = {
  box: 'Box',
  sphere: 'Sphere',
  cylinder: 'Cylinder',
  cone: 'Cone',
  torus: 'Torus',
  plane: 'Plane',
  light: 'Light',
  mesh: 'Mesh',
  group: 'Group',
  camera: 'Camera',
  environment: 'Environment',
  fog: 'Fog',
};

/** Questions that tools and panels ask of the document. It keeps nothing. */
export class Scene {
  readonly document: Document;

  constructor(document: Document) {
    this.document = document;
  }

  /** Whether people see it as one of the scene's objects: it lives, and is no record (`RECORDS`). */
  isObject(entity: Entity): boolean {
    const { world } = this.document;
    return this.document.isAlive(entity) && !RECORDS.some((each) => world.has(entity, each));
  }

  /** Whether a pointer may select it. */
  isPickable(entity: Entity): boolean {
    return this.isObject(entity) && !this.isLocked(entity);
  }

  /** Whether it is a material that objects may share. */
  isSharedMaterial(entity: Entity): boolean {
    return this.document.isAlive(entity) && this.document.world.has(entity, SharedMaterial);
  }

  /** The shared material that an entity wears; `NO_ENTITY` where it has its own. */
  sharedMaterialOf(entity: Entity): Entity {
    const { world } = this.document;
    if (!world.has(entity, MaterialLink)) return NO_ENTITY;
    const material = world.columns(MaterialLink).material[entityIndex(entity)] as Entity;
    return this.isSharedMaterial(material) ? material : NO_ENTITY;
  }

  /** Whether a material shows on it. */
  hasSurface(entity: Entity): boolean {
    const { world } = this.document;
    return [Primitive, Mesh, Material].some((component) => world.has(entity, component));
  }

  /** Whose values of a component an entity shows: a shared material's for what makes a surface. */
  holderOf(entity: Entity, component: Component): Entity {
    if (!SURFACE.has(component.name)) return entity;
    const shared = this.sharedMaterialOf(entity);
    return shared === NO_ENTITY ? entity : shared;
  }

  /** By the most telling component it has. */
  kindOf(entity: Entity): EntityKind {
    const { world } = this.document;
    if (world.has(entity, Primitive)) {
      return Primitive.schema.kind.values[
        world.columns(Primitive).kind[entityIndex(entity)]!
      ] as EntityKind;
    }
    if (world.has(entity, Mesh)) return 'mesh';
    if (world.has(entity, Light)) return 'light';
    if (world.has(entity, Camera)) return 'camera';
    if (world.has(entity, Environment)) return 'environment';
    return world.has(entity, Fog) ? 'fog' : 'group';
  }

  /** What people see: its name, or that of its kind while it has none. */
  nameOf(entity: Entity): string {
    const { world } = this.document;
    const name = world.has(entity, Name) ? world.columns(Name).value[entityIndex(entity)] : '';
    return name || KIND_NAMES[this.kindOf(entity)];
  }

  hasFlag(entity: Entity, flag: 'hidden' | 'locked'): boolean {
    const { world } = this.document;
    return world.has(entity, Flags) && world.columns(Flags)[flag][entityIndex(entity)] !== 0;
  }

  /** Whether it or anything living above it is locked. */
  isLocked(entity: Entity): boolean {
    return this.#inherits(entity, 'locked');
  }

  /** Whether it or anything living above it is hidden. */
  isHidden(entity: Entity): boolean {
    return this.#inherits(entity, 'hidden');
  }

  /** Whether it is one of these, or stands below one. */
  isWithin(entity: Entity, these: ReadonlySet<Entity>): boolean {
    for (let each = entity; each !== NO_ENTITY; each = this.document.effectiveParent(each)) {
      if (these.has(each)) return true;
    }
    return false;
  }

  /** Those that stand below none of the others, once each, living ones only. */
  topMost(entities: readonly Entity[]): Entity[] {
    const given = new Set(entities.filter((entity) => this.isObject(entity)));
    return [...given].filter((entity) => {
      let above = this.document.effectiveParent(entity);
      while (above !== NO_ENTITY && !given.has(above)) above = this.document.effectiveParent(above);
      return above === NO_ENTITY;
    });
  }

  /** Its `Transform` as written, or as previewed. */
  poseOf(entity: Entity, preview?: ReadonlyMap<Entity, PreviewTransform>): Pose {
    const shown = preview?.get(entity);
    if (shown !== undefined) return shown;
    const { world } = this.document;
    if (!world.has(entity, Transform)) return STILL;
    const { position, rotation, scale } = world.columns(Transform);
    const at = 3 * entityIndex(entity);
    const turn = 4 * entityIndex(entity);
    return {
      position: [position[at]!, position[at + 1]!, position[at + 2]!],
      rotation: [rotation[turn]!, rotation[turn + 1]!, rotation[turn + 2]!, rotation[turn + 3]!],
      scale: [scale[at]!, scale[at + 1]!, scale[at + 2]!],
    };
  }

  /** Its place in the world. Tombstones above it count, so that nothing jumps when they are made. */
  worldOf(entity: Entity, preview?: ReadonlyMap<Entity, PreviewTransform>): Affine {
    if (entity === NO_ENTITY) return IDENTITY_AFFINE;
    let map = affineOf(this.poseOf(entity, preview));
    let above = this.document.parentOf(entity);
    for (; above !== NO_ENTITY; above = this.document.parentOf(above)) {
      map = composeAffine(affineOf(this.poseOf(above, preview)), map);
    }
    return map;
  }

  /** Position and rotation of its `Transform` that put it somewhere in the world. */
  poseInParent(
    entity: Entity,
    position: Vec3,
    rotation: Quat,
  ): Pick<Pose, 'position' | 'rotation'> | undefined {
    const pose = poseWithin(
      this.parentSpaceOf(entity),
      affineOf({ position, rotation, scale: ONE }),
    );
    return pose && { position: pose.position, rotation: pose.rotation };
  }

  /** The space that its `Transform` is in. */
  parentSpaceOf(entity: Entity, preview?: ReadonlyMap<Entity, PreviewTransform>): Affine {
    return this.worldOf(this.document.parentOf(entity), preview);
  }

  #inherits(entity: Entity, flag: 'hidden' | 'locked'): boolean {
    for (let each = entity; each !== NO_ENTITY; each = this.document.effectiveParent(each)) {
      if (this.hasFlag(each, flag)) return true;
    }
    return false;
  }
}
