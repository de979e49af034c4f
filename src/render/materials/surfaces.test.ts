import { Color, InstancedMesh, MeshStandardMaterial } from 'three';
import { describe, expect, it } from 'vitest';
import {
  Hierarchy,
  Material,
  MaterialLink,
  SharedMaterial,
  TextureMapping,
} from '../../ecs/components/index.ts';
import type { Entity } from '../../ecs/entity.ts';
import { TestScene } from '../testing/scene.ts';

function setUp() {
  const scene = new TestScene();
  const { world } = scene;
  const gold = world.spawn();
  world.add(gold, Hierarchy);
  world.add(gold, SharedMaterial);
  world.add(gold, Material, { color: [1, 0.5, 0, 1], metalness: 1, roughness: 0.25 });
  const wearer = () => {
    const entity = scene.box();
    world.add(entity, Material, { roughness: 0.75 });
    world.add(entity, MaterialLink, { material: gold });
    return entity;
  };
  return { scene, world, gold, wearer };
}

/** What is drawn, a line a draw call: how many, how rough, and the first one's colour. */
function looks({ batches }: TestScene): string[] {
  return batches.root.children.map((mesh) => {
    if (!(mesh instanceof InstancedMesh) || !(mesh.material instanceof MeshStandardMaterial)) {
      throw new Error('Batches hold instanced meshes of standard materials.');
    }
    const color = new Color();
    mesh.getColorAt(0, color);
    return `${mesh.count} × ${mesh.material.roughness} #${color.getHexString()}`;
  });
}

const GOLD = '2 × 0.25 #ffbc00';

describe('what objects wear', () => {
  it('is one draw call for all that share a material, and for those that look the same', () => {
    const { scene, world, gold, wearer } = setUp();
    const [first] = [wearer(), wearer()];
    scene.update();
    expect(looks(scene)).toEqual([GOLD]);
    // Made unique with the same values.
    world.remove(first, MaterialLink);
    world.set(first, Material, world.get(gold, Material)!);
    scene.update();
    expect(looks(scene)).toEqual([GOLD]);
  });

  it('follows the shared material, and what is previewed of it', () => {
    const { scene, world, gold, wearer } = setUp();
    wearer();
    wearer();
    scene.update();
    scene.overlay.set(new Map([[gold, { material: { roughness: 0.5 } }]]));
    expect(scene.batches.pending).toBe(true);
    scene.update();
    expect(looks(scene)).toEqual(['2 × 0.5 #ffbc00']);
    scene.overlay.set(new Map());
    scene.update();
    expect(looks(scene)).toEqual([GOLD]);
    world.set(gold, Material, { roughness: 1 });
    scene.update();
    expect(looks(scene)).toEqual(['2 × 1 #ffbc00']);
  });

  it('is its own material again when the shared one is deleted, and back when it returns', () => {
    const { scene, world, gold, wearer } = setUp();
    wearer();
    scene.update();
    world.set(gold, Hierarchy, { alive: false });
    scene.update();
    expect(looks(scene)[0]).toMatch(/^1 × 0.75/);
    world.set(gold, Hierarchy, { alive: true });
    scene.update();
    expect(looks(scene)).toEqual(['1 × 0.25 #ffbc00']);
  });

  it('is no material of an object that merely has one', () => {
    const { scene, world, wearer } = setUp();
    const other = scene.box();
    world.add(other, Material, { roughness: 0 });
    const entity = wearer();
    world.set(entity, MaterialLink, { material: other });
    scene.update();
    expect(scene.surfaces.sourceOf(entity)).toBe(entity);
    expect(scene.surfaces.valueOf(entity).roughness).toBe(0.75);
  });

  it('has the mapping that stands beside the material it wears', () => {
    const { scene, world, gold, wearer } = setUp();
    const entity: Entity = wearer();
    world.add(gold, TextureMapping, { tiling: [4, 2] });
    world.add(entity, TextureMapping, { tiling: [9, 9] });
    scene.update();
    expect(scene.surfaces.valueOf(entity).tiling).toEqual([4, 2]);
  });

  it('has bumps that stand out where the green of its normal map is up, as glTF has it', () => {
    const { scene, world, gold, wearer } = setUp();
    wearer();
    world.add(gold, TextureMapping, { normalScale: 0.5 });
    scene.update();
    const [mesh] = scene.batches.root.children as InstancedMesh[];
    const { normalScale } = mesh!.material as MeshStandardMaterial;
    expect(normalScale.toArray()).toEqual([0.5, -0.5]);
  });
});
