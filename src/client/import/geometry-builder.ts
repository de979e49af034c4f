import type { Geometry, Submesh } from '../../protocol/generated/types.ts';
import { clipName } from './clip-name.ts';
import type { ImportRun } from './import-run.ts';

/** Collects the submeshes of one file and keeps them within the limits of an asset. */
export class GeometryBuilder {
  readonly #run: ImportRun;
  readonly #submeshes: Submesh[] = [];
  #vertices = 0;
  #indices = 0;

  constructor(run: ImportRun) {
    this.#run = run;
  }

  get size(): number {
    return this.#submeshes.length;
  }

  /** What was added. */
  get geometry(): Geometry {
    return { submeshes: this.#submeshes };
  }

  /**
   * Says that this much is about to be made, before memory for it is taken.
   * @throws {ThetaError<ImportCode>} `too_large`
   */
  reserve(vertices: number, indices: number): void {
    const { geometry } = this.#run.limits;
    this.#vertices += vertices;
    this.#indices += indices;
    this.#bound(this.#submeshes.length + 1, geometry.submeshes, 'meshes');
    this.#bound(this.#vertices, geometry.vertices, 'vertices');
    this.#bound(this.#indices, geometry.indices, 'indices');
  }

  /** Adds what was reserved; returns its index. */
  add(submesh: Submesh): number {
    return this.#submeshes.push({ ...submesh, name: clipName(submesh.name ?? '', 'Mesh') }) - 1;
  }

  #bound(amount: number, most: number, what: string): void {
    if (amount <= most) return;
    throw this.#run.fault(
      'too_large',
      `has more than ${most} ${what}, the most that one import may have`,
    );
  }
}
