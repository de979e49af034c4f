import type { Input } from '../../ecs/component.ts';
import { type Material, Transform } from '../../ecs/components/index.ts';
import { clipName } from './clip-name.ts';
import { entitySize } from './entity-size.ts';
import { fitComponent } from './fit-component.ts';
import type { ImportRun } from './import-run.ts';
import type { ImportedComponents, ImportedEntity } from './imported-model.ts';

/** One submesh of a mesh and the material it is drawn with. */
export interface MeshPart {
  readonly submesh: number;
  readonly material: Input<typeof Material>;
  /** What it is called where the mesh has several parts. */
  readonly name: string;
}

/**
 * The asset that meshes name until its digest is known; a real one has 64 digits.
 * `withAsset` puts the digest in its place.
 */
const ASSET_TO_COME = '';

/** The entities of one import, parents before children, kept within its limits. */
export class EntityCollector {
  readonly #run: ImportRun;
  readonly #entities: ImportedEntity[] = [];
  #bytes = 0;

  constructor(run: ImportRun) {
    this.#run = run;
  }

  /**
   * Adds an entity; a mesh of several parts becomes a child for each.
   * @returns its index, for its children
   * @throws {ThetaError<ImportCode>} `too_large`
   */
  add(
    name: string,
    parent: number,
    components: ImportedComponents,
    parts: readonly MeshPart[] = [],
  ): number {
    const [first] = parts;
    if (parts.length === 1 && first !== undefined) {
      return this.#push(name, parent, { ...components, ...drawn(first) });
    }
    const index = this.#push(name, parent, components);
    for (const part of parts) this.#push(part.name, index, { transform: {}, ...drawn(part) });
    return index;
  }

  /** Everything that was added, its meshes in the geometry asset of that digest. */
  withAsset(digest: string | undefined): readonly ImportedEntity[] {
    if (digest === undefined) return this.#entities;
    return this.#entities.map((entity) => {
      const { mesh } = entity.components;
      if (mesh === undefined) return entity;
      return { ...entity, components: { ...entity.components, mesh: { ...mesh, asset: digest } } };
    });
  }

  #push(name: string, parent: number, components: ImportedComponents): number {
    const most = this.#run.limits.entities;
    if (this.#entities.length >= most) {
      throw this.#run.fault('too_large', `has more than ${most} objects, the most of one import`);
    }
    const label = `"${name.slice(0, 64)}"`;
    const transform = fitComponent(Transform, components.transform, label, this.#run);
    const fitted = { ...components, transform };
    const entity = { name: clipName(name, 'Object'), parent, components: fitted };
    this.#bytes += entitySize(entity);
    if (this.#bytes > this.#run.limits.transactionBytes) {
      throw this.#run.fault('too_large', 'has more objects than one import can bring in');
    }
    return this.#entities.push(entity) - 1;
  }
}

function drawn({ submesh, material }: MeshPart): Pick<ImportedComponents, 'mesh' | 'material'> {
  return { mesh: { asset: ASSET_TO_COME, index: submesh }, material };
}
