import type { EntityCollector } from './entity-collector.ts';
import type { GeometryBuilder } from './geometry-builder.ts';
import type { TextureCollector } from './texture-collector.ts';

/** What a reader of some format collects. */
export interface ModelParts {
  readonly geometry: GeometryBuilder;
  readonly textures: TextureCollector;
  readonly entities: EntityCollector;
}
