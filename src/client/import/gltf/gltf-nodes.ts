import { decomposeMatrix, normalized } from '../decompose-matrix.ts';
import type { EntityCollector, MeshPart } from '../entity-collector.ts';
import type { ImportRun } from '../import-run.ts';
import { type ImportedComponents, NO_PARENT } from '../imported-model.ts';
import { readCamera, readLight } from './gltf-lights-cameras.ts';
import { materialOf, type NamedMaterial } from './gltf-materials.ts';
import type { GltfPrimitives } from './gltf-primitives.ts';
import type { Gltf, GltfNode } from './gltf-schema.ts';

interface Visit {
  readonly node: number;
  readonly parent: number;
  readonly depth: number;
}

/** Walks the shown scene of a glTF file and makes an entity of each node. */
export class GltfNodes {
  readonly #gltf: Gltf;
  readonly #primitives: GltfPrimitives;
  readonly #materials: readonly NamedMaterial[];
  readonly #entities: EntityCollector;
  readonly #run: ImportRun;
  readonly #meshes = new Map<number, readonly MeshPart[]>();

  constructor(
    gltf: Gltf,
    primitives: GltfPrimitives,
    materials: readonly NamedMaterial[],
    entities: EntityCollector,
    run: ImportRun,
  ) {
    this.#gltf = gltf;
    this.#primitives = primitives;
    this.#materials = materials;
    this.#entities = entities;
    this.#run = run;
  }

  /**
   * Adds the entities of all nodes below the scene's roots, depth first, in the file's order.
   * @param onNode told of the share of nodes that are done
   * @throws {ThetaError<ImportCode>} `cycle`, `out_of_range`, `too_large` and what meshes have
   */
  read(onNode: (fraction: number) => void): void {
    const seen = new Set<number>();
    const toVisit: Visit[] = this.#roots().map((node) => ({ node, parent: NO_PARENT, depth: 1 }));
    toVisit.reverse();
    for (let visit = toVisit.pop(); visit !== undefined; visit = toVisit.pop()) {
      if (seen.has(visit.node)) throw this.#seenTwice(visit.node);
      seen.add(visit.node);
      toVisit.push(...this.#visit(visit).reverse());
      onNode(seen.size / this.#gltf.nodes.length);
    }
  }

  #roots(): number[] {
    const { scenes, scene, nodes } = this.#gltf;
    const shown = scenes[scene ?? 0];
    if (scene !== undefined && shown === undefined) {
      throw this.#run.fault('out_of_range', `refers to scene ${scene}, which it does not have`);
    }
    if (scenes.length > 1)
      this.#run.warn('The file has several scenes; only its main one is imported.');
    if (shown !== undefined) return [...shown.nodes];
    const children = new Set(nodes.flatMap((node) => node.children ?? []));
    const roots = [...nodes.keys()].filter((index) => !children.has(index));
    if (roots.length === 0 && nodes.length > 0) throw this.#seenTwice(0);
    return roots;
  }

  /** Makes the node's entity; returns its children, still to be visited. */
  #visit({ node: index, parent, depth }: Visit): Visit[] {
    const node = this.#gltf.nodes[index];
    if (node === undefined) {
      throw this.#run.fault('out_of_range', `refers to node ${index}, which it does not have`);
    }
    if (depth > this.#run.limits.depth) {
      throw this.#run.fault('too_large', `has a tree of over ${this.#run.limits.depth} levels`);
    }
    const name = this.#nameOf(node, index);
    const parts = node.mesh === undefined ? [] : this.#mesh(node.mesh, name);
    const entity = this.#entities.add(name, parent, this.#components(node, name), parts);
    return (node.children ?? []).map((child) => ({
      node: child,
      parent: entity,
      depth: depth + 1,
    }));
  }

  #nameOf(node: GltfNode, index: number): string {
    const mesh = this.#gltf.meshes[node.mesh ?? -1]?.name;
    const camera = this.#gltf.cameras[node.camera ?? -1]?.name;
    const light = node.extensions?.KHR_lights_punctual?.light;
    const lightName = this.#gltf.extensions?.KHR_lights_punctual?.lights[light ?? -1]?.name;
    return node.name || mesh || camera || lightName || `Node ${index + 1}`;
  }

  #components(node: GltfNode, name: string): ImportedComponents {
    if (node.skin !== undefined) this.#run.warn('Skeletons do not move their meshes.');
    const light = readLight(this.#gltf, node, this.#run);
    const camera = readCamera(this.#gltf, node, this.#run);
    const transform = this.#transform(node, name);
    return { transform, ...(light && { light }), ...(camera && { camera }) };
  }

  #transform(node: GltfNode, name: string): ImportedComponents['transform'] {
    if (node.matrix !== undefined) {
      const { sheared, ...transform } = decomposeMatrix(node.matrix);
      if (sheared) this.#run.warn(`"${name}" is sheared, which was left out.`);
      return transform;
    }
    return {
      position: node.translation ?? [0, 0, 0],
      rotation: normalized(node.rotation ?? [0, 0, 0, 1]),
      scale: node.scale ?? [1, 1, 1],
    };
  }

  /** The parts of a mesh; several nodes may share them. */
  #mesh(index: number, nodeName: string): readonly MeshPart[] {
    const known = this.#meshes.get(index);
    if (known !== undefined) return known;
    const mesh = this.#gltf.meshes[index];
    if (mesh === undefined) {
      throw this.#run.fault('out_of_range', `refers to mesh ${index}, which it does not have`);
    }
    const name = mesh.name || nodeName;
    const isSingle = mesh.primitives.length === 1;
    const parts = mesh.primitives.flatMap((primitive, number): MeshPart[] => {
      const material = materialOf(this.#materials, primitive.material, this.#run);
      const partName = isSingle ? name : `${name} ${material.name || number + 1}`;
      const submesh = this.#primitives.read(primitive, partName);
      return submesh === undefined ? [] : [{ submesh, material, name: partName }];
    });
    this.#meshes.set(index, parts);
    return parts;
  }

  #seenTwice(index: number): Error {
    const name = this.#gltf.nodes[index]?.name || index;
    const fault = `has a node, "${name}", that is below itself or below two others`;
    return this.#run.fault('cycle', fault);
  }
}
