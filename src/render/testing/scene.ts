import type { Input } from '../../ecs/component.ts';
import { Hierarchy, Primitive, Transform } from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import { World } from '../../ecs/world.ts';
import { type AssetSource, NO_ASSETS } from '../assets.ts';
import { type BatchChange, EntityBatches } from '../batches/entity-batches.ts';
import { FieldOverlay } from '../field-overlay.ts';
import { GeometryCache } from '../geometry/geometry-cache.ts';
import { MaterialCache } from '../materials/material-cache.ts';
import { Surfaces } from '../materials/surfaces.ts';
import { TextureCache } from '../materials/texture-cache.ts';
import { Visibility } from '../visibility.ts';
import { WorldMatrices } from '../world-matrices.ts';

/** A world with what draws it, without a renderer. */
export class TestScene {
  readonly world = new World({ capacity: 64 });
  readonly matrices = new WorldMatrices(this.world);
  readonly visibility = new Visibility(this.world, this.matrices.links);
  readonly geometries: GeometryCache;
  readonly textures: TextureCache;
  readonly materials: MaterialCache;
  readonly overlay = new FieldOverlay(this.world);
  readonly surfaces = new Surfaces(this.world, this.overlay);
  readonly batches: EntityBatches;

  constructor(assets: AssetSource = NO_ASSETS) {
    this.geometries = new GeometryCache(assets);
    this.textures = new TextureCache(assets);
    this.materials = new MaterialCache(this.textures);
    this.batches = new EntityBatches(this);
    this.geometries.onReady = (geometry) => this.batches.geometryChanged(geometry);
  }

  /** An entity that is placed, with a transform. */
  place(transform: Input<typeof Transform> = {}, parent: Entity = NO_ENTITY): Entity {
    const entity = this.world.spawn();
    this.world.add(entity, Hierarchy, { parent });
    this.world.add(entity, Transform, transform);
    return entity;
  }

  box(transform: Input<typeof Transform> = {}, parent: Entity = NO_ENTITY): Entity {
    const entity = this.place(transform, parent);
    this.world.add(entity, Primitive, { kind: 'box' });
    return entity;
  }

  update(): BatchChange {
    this.matrices.update();
    const change = this.batches.update();
    this.overlay.settle();
    return change;
  }
}
