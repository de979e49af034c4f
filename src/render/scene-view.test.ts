import { Box3, InstancedMesh, Mesh, Scene, Vector3 } from 'three';
import { describe, expect, it, vi } from 'vitest';
import { Camera, Flags, Hierarchy, Light, Primitive, Transform } from '../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../ecs/entity.ts';
import { World } from '../ecs/world.ts';
import { MAX_LIGHTS } from './lights.ts';
import { SceneView } from './scene-view.ts';
import { webglShaders } from './shaders/webgl-shaders.ts';

/** What camera-controls wants of a browser. */
vi.stubGlobal('DOMRect', class {});

const FRAME = 1 / 60;

function setUp(): { world: World; view: SceneView; box: (x: number) => Entity } {
  const world = new World();
  const view = new SceneView({ world, shaders: webglShaders });
  view.resize(800, 600);
  const box = (x: number): Entity => {
    const entity = world.spawn();
    world.add(entity, Hierarchy, { parent: NO_ENTITY });
    world.add(entity, Transform, { position: [x, 0, 0] });
    world.add(entity, Primitive, { kind: 'box' });
    return entity;
  };
  return { world, view, box };
}

function settle(view: SceneView): void {
  for (let frame = 0; frame < 600 && view.update(FRAME); frame++);
}

function countOf(view: SceneView): number {
  let count = 0;
  view.root.getObjectByName('entities')?.traverse((object) => {
    if (object instanceof InstancedMesh) count += object.count;
  });
  return count;
}

describe('SceneView', () => {
  it('comes to rest, and says so', () => {
    const { view, box } = setUp();
    box(0);
    settle(view);
    expect(view.update(FRAME)).toBe(false);
    expect(view.pending).toBe(false);
    box(2);
    expect(view.pending).toBe(true);
    view.update(FRAME);
    expect(countOf(view)).toBe(2);
  });

  it('knows the bounds of what has just changed, before a frame shows it', () => {
    const { world, view, box } = setUp();
    const entity = box(0);
    settle(view);
    world.set(entity, Transform, { position: [40, 0, 0] });
    expect(view.bounds([entity]).getCenter(new Vector3()).x).toBeCloseTo(40);
    const far = box(-9);
    expect(view.bounds([far]).getCenter(new Vector3()).x).toBeCloseTo(-9);
    expect(view.update(FRAME)).toBe(false);
    expect(countOf(view)).toBe(2);
  });

  it('draws previews of fields in place of the document, until they end', () => {
    const { view, box } = setUp();
    const entity = box(0);
    settle(view);
    view.setPreview(new Map(), new Map([[entity, { primitive: { width: 8 } }]]));
    expect(view.pending).toBe(true);
    expect(view.bounds([entity]).max.x).toBeCloseTo(4);
    view.setPreview(new Map());
    expect(view.bounds([entity]).max.x).toBeCloseTo(0.5);
  });

  it('finds the vertex in sight that a ray passes by', () => {
    const { view, box } = setUp();
    const entity = box(0);
    const query = { reach: 0.02, parallel: false, without: [] };
    const ray = { origin: [0.52, 0.49, 10], direction: [0, 0, -1] } as const;
    expect(view.vertexNear({ ...query, ray })).toEqual([0.5, 0.5, 0.5]);
    expect(view.vertexNear({ ...query, ray, without: [entity] })).toBeUndefined();
    const beside = { origin: [1, 1, 10], direction: [0, 0, -1] } as const;
    expect(view.vertexNear({ ...query, ray: beside })).toBeUndefined();
    expect(view.verticesOf([entity], 100)).toHaveLength(8);
    expect(view.verticesOf([entity], 10)).toHaveLength(8);
  });

  it('shows its shapes by edges in wireframe, new ones too, and as they are again', () => {
    const { view, box } = setUp();
    box(0);
    const wires = () => {
      const found: unknown[] = [];
      view.root.getObjectByName('entities')?.traverse((object) => {
        if (object instanceof InstancedMesh) found.push(object.material.wireframe);
      });
      return found;
    };
    view.shading = 'wireframe';
    settle(view);
    expect(wires()).toEqual([true]);
    for (let x = 1; x < 9; x++) box(x);
    settle(view);
    expect(wires()).toEqual([true]);
    view.shading = 'lit';
    expect(wires()).toEqual([false]);
  });

  it('puts out the document’s lights in all but the lit view', () => {
    const { world, view, box } = setUp();
    world.add(box(0), Light, {});
    settle(view);
    const lights = () => view.root.getObjectByName('lights')!.visible;
    expect(lights()).toBe(true);
    view.shading = 'material';
    expect(lights()).toBe(false);
    view.shading = 'lit';
    expect(lights()).toBe(true);
  });

  it('draws previews in place of the document, and picks what is drawn', () => {
    const { world, view, box } = setUp();
    const entity = box(0);
    view.setPreview(new Map([[entity, { position: [0, 5, 0] }]]));
    view.update(FRAME);
    const ray = { origin: [0, 5, 10], direction: [0, 0, -1] } as const;
    expect(view.pick(ray)?.entity).toBe(entity);
    expect(world.get(entity, Transform)?.position).toEqual([0, 0, 0]);
  });

  it('frames what is asked for', () => {
    const { view, box } = setUp();
    box(0);
    const far = box(40);
    view.update(FRAME);
    view.camera.frame(view.bounds([far]), false);
    settle(view);
    expect(view.camera.target.x).toBeCloseTo(40, 1);
    expect(view.entitiesIn({ left: 0, top: 0, right: 800, bottom: 600 })).toEqual([far]);
  });

  it('gives bounds of groups by what is below them, and of lights by their place', () => {
    const { world, view, box } = setUp();
    const group = world.spawn();
    world.add(group, Hierarchy);
    world.add(group, Transform, { position: [0, 3, 0] });
    world.set(box(1), Hierarchy, { parent: group });
    const light = world.spawn();
    world.add(light, Hierarchy);
    world.add(light, Transform, { position: [9, 9, 9] });
    world.add(light, Light, { kind: 'point' });
    view.update(FRAME);
    const expected = new Box3(new Vector3(0.5, 2.5, -0.5), new Vector3(1.5, 3.5, 0.5));
    expect(view.bounds([group]).equals(expected)).toBe(true);
    expect(view.bounds([light]).min.toArray()).toEqual([9, 9, 9]);
  });

  it('picks lights and cameras by their icons', () => {
    const { world, view } = setUp();
    for (const component of [Light, Camera]) {
      const entity = world.spawn();
      world.add(entity, Hierarchy);
      world.add(entity, Transform);
      world.add(entity, component);
      view.update(FRAME);
      const { position } = view.camera.pose;
      const direction = new Vector3(...position).negate().normalize().toArray();
      expect(view.pick({ origin: position, direction })?.entity).toBe(entity);
      world.add(entity, Flags, { hidden: true });
      view.update(FRAME);
      expect(view.pick({ origin: position, direction })).toBeUndefined();
    }
  });

  it('lets the studio step back for the lights of the document', () => {
    const { world, view } = setUp();
    const scene = new Scene();
    view.update(FRAME);
    view.dress(scene);
    const alone = scene.environmentIntensity;
    const light = world.spawn();
    world.add(light, Hierarchy);
    world.add(light, Transform);
    world.add(light, Light, { kind: 'directional' });
    view.update(FRAME);
    view.dress(scene, 'none');
    expect(scene.environmentIntensity).toBeLessThan(alone);
    expect(scene.background).toBeNull();
  });

  it('lights no more than it can, and the next one when one goes', () => {
    const { world, view } = setUp();
    const lights = Array.from({ length: MAX_LIGHTS + 2 }, () => {
      const entity = world.spawn();
      world.add(entity, Hierarchy);
      world.add(entity, Light, { kind: 'point' });
      return entity;
    });
    view.update(FRAME);
    expect(view.stats().skippedLights).toBe(2);
    world.set(lights[0]!, Hierarchy, { alive: false });
    view.update(FRAME);
    expect(view.stats().skippedLights).toBe(1);
  });

  it('glides people to where they are and then rests', () => {
    const { view } = setUp();
    settle(view);
    const peer = { peer: 'a', name: 'Ada', color: '#4ecdc4' };
    view.setPeers([{ ...peer, cursor: { point: [0, 0, 0] } }]);
    settle(view);
    view.setPeers([{ ...peer, cursor: { point: [1, 0, 0] } }]);
    expect(view.update(FRAME)).toBe(true);
    settle(view);
    const marks = view.root.getObjectByName('people')?.children[0]?.children;
    const cone = marks?.find((mark) => mark instanceof Mesh);
    expect(cone?.position.toArray()).toEqual([1, 0, 0]);
    view.setPeers([]);
    expect(view.root.getObjectByName('people')?.children).toHaveLength(0);
  });

  it('stops observing the world and leaves its parent when disposed of', () => {
    const { view, box } = setUp();
    const scene = new Scene();
    scene.add(view.root);
    box(0);
    view.update(FRAME);
    view.setSelection({ own: [], hovered: undefined, others: [] });
    view.dispose();
    expect(scene.children).toHaveLength(0);
    box(1);
    expect(view.pending).toBe(false);
  });
});
