import type { Input } from '../../ecs/component.ts';
import { type Material, type TextureMapping, Transform } from '../../ecs/components/index.ts';
import { clipName } from './clip-name.ts';
import { entitySize, LINK_BYTES } from './entity-size.ts';
import { fitComponent } from './fit-component.ts';
import type { ImportRun } from './import-run.ts';
import {
  type ImportedComponents,
  type ImportedEntity,
  type ImportedMaterial,
  NO_PARENT,
} from './imported-model.ts';

/** What parts are drawn with. Those that hold the very same one wear it together. */
export interface PartMaterial {
  /** Absent for one that no file describes, which nobody wears together. */
  readonly title?: string;
  readonly values: Input<typeof Material>;
  readonly mapping?: Input<typeof TextureMapping>;
}

/** One submesh of a mesh and the material it is drawn with. */
export interface MeshPart {
  readonly submesh: number;
  readonly material: PartMaterial;
  /** What it is called where the mesh has several parts. */
  readonly name: string;
}

/**
 * The asset that meshes name until its digest is known; a real one has 64 digits.
 * `entitiesWith` puts the digest in its place.
 */
const ASSET_TO_COME = '';

/** The entities of one import, parents before children, kept within its limits. */
export class EntityCollector {
  readonly #run: ImportRun;
  readonly #entities: ImportedEntity[] = [];
  /** The entities that are drawn with each, by their indices. */
  readonly #wearers = new Map<PartMaterial, number[]>();
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
      return this.#wear(first, this.#push(name, parent, { ...components, ...drawn(first) }));
    }
    const index = this.#push(name, parent, components);
    for (const part of parts) {
      this.#wear(part, this.#push(part.name, index, { transform: {}, ...drawn(part) }));
    }
    return index;
  }

  /** Of the file, those that several entities wear. */
  get materials(): readonly ImportedMaterial[] {
    return this.#shared().map(([{ title, ...material }]) => ({
      name: clipName(title ?? '', 'Material'),
      components: surfaceOf(material),
    }));
  }

  /** Everything that was added, its meshes in the geometry asset of that digest. */
  entitiesWith(digest: string | undefined): readonly ImportedEntity[] {
    const worn = new Map<number, number>();
    for (const [at, [, wearers]] of this.#shared().entries()) {
      for (const wearer of wearers) worn.set(wearer, at);
    }
    return this.#entities.map((entity, at) => {
      const wears = worn.get(at);
      const { mesh } = entity.components;
      const asset = mesh && digest !== undefined && { mesh: { ...mesh, asset: digest } };
      return {
        ...entity,
        components: { ...entity.components, ...asset },
        ...(wears !== undefined && { wears }),
      };
    });
  }

  #shared(): [PartMaterial, readonly number[]][] {
    return [...this.#wearers].filter(
      ([{ title }, wearers]) => title !== undefined && wearers.length > 1,
    );
  }

  #wear({ material }: MeshPart, entity: number): number {
    const wearers = this.#wearers.get(material) ?? [];
    wearers.push(entity);
    this.#wearers.set(material, wearers);
    // It is an entity of its own from the second wearer on; the first is linked with it.
    if (material.title !== undefined) {
      this.#grow(LINK_BYTES);
      const { title: name, ...surface } = material;
      const own = { name, parent: NO_PARENT, components: { transform: {}, ...surfaceOf(surface) } };
      if (wearers.length === 2) this.#grow(entitySize(own) + LINK_BYTES);
    }
    return entity;
  }

  #grow(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#run.limits.transactionBytes) {
      throw this.#run.fault('too_large', 'has more objects than one import can bring in');
    }
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
    this.#grow(entitySize(entity));
    return this.#entities.push(entity) - 1;
  }
}

type Surface = Pick<ImportedComponents, 'material' | 'textureMapping'>;

function surfaceOf({ values, mapping }: PartMaterial): Surface {
  return { material: values, ...(mapping && { textureMapping: mapping }) };
}

function drawn({ submesh, material }: MeshPart): Surface & Pick<ImportedComponents, 'mesh'> {
  return { mesh: { asset: ASSET_TO_COME, index: submesh }, ...surfaceOf(material) };
}
