import {
  BatchedMesh,
  type BufferGeometry,
  Group,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshStandardMaterial,
  type Object3D,
  type Material as ThreeMaterial,
} from 'three';
import { Material, Primitive, Transform } from '../../src/ecs/components/index.ts';
import { entityIndex } from '../../src/ecs/entity.ts';
import { MATRIX_STRIDE } from '../../src/render/matrix-math.ts';
import { TestScene } from '../../src/render/testing/scene.ts';
import type { Subject } from './query.ts';

const KINDS = ['box', 'sphere', 'cylinder', 'cone', 'torus'] as const;
const GEOMETRIES = 30;
const MATERIALS = 20;
const MOVING_SHARE = 100;
/** Metres between neighbours of the cube that the entities fill. */
const SPACING = 2;

/** What is drawn, and its frame's work. */
export interface Drawn {
  readonly root: Object3D;
  /** Moves 1 % of what is drawn. */
  readonly move: (frame: number) => void;
}

/** Metres from the middle of the cube to its faces. */
export function halfExtent(count: number): number {
  return (Math.ceil(Math.cbrt(count)) * SPACING) / 2;
}

/** The same entities for each subject: 30 geometries × 20 materials, in mixed order. */
export function createSubject(subject: Subject, count: number): Drawn {
  const scene = new TestScene();
  const entities = Array.from({ length: count }, (_, at) => {
    const entity = scene.place({ position: placeOf(at, count) });
    const shape = at % GEOMETRIES;
    const kind = KINDS[shape % KINDS.length]!;
    scene.world.add(entity, Primitive, { kind, segments: 8 + 2 * Math.floor(shape / 5) });
    scene.world.add(entity, Material, { roughness: roughnessOf(at) });
    return entity;
  });
  scene.update();
  if (subject !== 'ours') return createPeer(subject, itemsOf(scene, entities.map(entityIndex)));
  const move = (frame: number): void => {
    for (let at = frame % MOVING_SHARE; at < count; at += MOVING_SHARE) {
      const [x, y, z] = placeOf(at, count);
      scene.world.set(entities[at]!, Transform, { position: [x, y + lift(frame), z] });
    }
    scene.update();
  };
  return { root: scene.batches.root, move };
}

interface Item {
  readonly geometry: BufferGeometry;
  readonly material: ThreeMaterial;
  readonly matrix: Matrix4;
}

/** What Theta draws, one by one, with its own geometries and materials. */
function itemsOf(scene: TestScene, indices: readonly number[]): Item[] {
  const materials = new Map<number, ThreeMaterial>();
  for (const { material } of scene.batches.root.children.filter(
    (each) => each instanceof InstancedMesh,
  )) {
    if (material instanceof MeshStandardMaterial)
      materials.set(keyOf(material.roughness), material);
  }
  return indices.map((index, at) => {
    const geometry = scene.batches.geometryOf(index)?.geometry;
    const material = materials.get(keyOf(roughnessOf(at)));
    if (geometry === undefined || material === undefined)
      throw new Error('An entity is not drawn.');
    const matrix = new Matrix4().fromArray(scene.matrices.array, index * MATRIX_STRIDE);
    return { geometry, material, matrix };
  });
}

function createPeer(subject: Exclude<Subject, 'ours'>, items: readonly Item[]): Drawn {
  if (subject === 'three-mesh') return createMeshes(items);
  return createBatched(items, subject === 'three-grouped');
}

function createMeshes(items: readonly Item[]): Drawn {
  const root = new Group();
  const meshes = items.map(({ geometry, material, matrix }) => {
    const mesh = new Mesh(geometry, material);
    matrix.decompose(mesh.position, mesh.quaternion, mesh.scale);
    root.add(mesh);
    return mesh;
  });
  const move = (frame: number): void => {
    for (let at = frame % MOVING_SHARE; at < items.length; at += MOVING_SHARE) {
      meshes[at]!.position.setFromMatrixPosition(items[at]!.matrix).y += lift(frame);
    }
  };
  return { root, move };
}

/** One `BatchedMesh` a material: as it comes, or grouped by geometry with neither sorting nor culling. */
function createBatched(items: readonly Item[], grouped: boolean): Drawn {
  const root = new Group();
  const places: { mesh: BatchedMesh; id: number }[] = [];
  const all = items.map((item, at) => ({ item, at }));
  for (const [material, members] of Map.groupBy(all, ({ item }) => item.material)) {
    const byGeometry = Map.groupBy(members, ({ item }) => item.geometry);
    const geometries = [...byGeometry.keys()];
    const vertices = sum(geometries.map((each) => each.getAttribute('position').count));
    const indices = sum(geometries.map((each) => each.index?.count ?? 0));
    const mesh = new BatchedMesh(members.length, vertices, indices, material);
    mesh.sortObjects = !grouped;
    mesh.perObjectFrustumCulled = !grouped;
    const ids = new Map(geometries.map((each) => [each, mesh.addGeometry(each)]));
    for (const { item, at } of grouped ? [...byGeometry.values()].flat() : members) {
      const id = mesh.addInstance(ids.get(item.geometry)!);
      mesh.setMatrixAt(id, item.matrix);
      places[at] = { mesh, id };
    }
    root.add(mesh);
  }
  const scratch = new Matrix4();
  const move = (frame: number): void => {
    for (let at = frame % MOVING_SHARE; at < items.length; at += MOVING_SHARE) {
      const { mesh, id } = places[at]!;
      scratch.copy(items[at]!.matrix).elements[13]! += lift(frame);
      mesh.setMatrixAt(id, scratch);
    }
  };
  return { root, move };
}

function placeOf(at: number, count: number): [number, number, number] {
  const side = Math.ceil(Math.cbrt(count));
  const middle = (side - 1) / 2;
  const cell = [at % side, Math.floor(at / side) % side, Math.floor(at / side ** 2)];
  return cell.map((each) => (each - middle) * SPACING) as [number, number, number];
}

function roughnessOf(at: number): number {
  return 0.05 + 0.045 * (Math.floor(at / GEOMETRIES) % MATERIALS);
}

/** Stored roughness is a 32-bit float. */
function keyOf(roughness: number): number {
  return Math.round(roughness * 1000);
}

function lift(frame: number): number {
  return 0.3 * Math.sin(frame);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
