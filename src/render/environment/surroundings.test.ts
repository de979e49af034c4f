import {
  Color,
  type DirectionalLight,
  FogExp2,
  Fog as LinearFog,
  Scene,
  Sphere,
  Vector3,
} from 'three';
import { describe, expect, it, vi } from 'vitest';
import { Environment, Flags, Fog, Hierarchy } from '../../ecs/components/index.ts';
import { TestScene } from '../testing/scene.ts';
import { shadeSky } from './shade-sky.ts';
import { SkyLight } from './sky-light.ts';
import { SKIES, type SkyName } from './sky-presets.ts';
import { Surroundings } from './surroundings.ts';

function setUp() {
  const { world, overlay, visibility } = new TestScene();
  const surroundings = new Surroundings(world, overlay, visibility);
  const scene = new Scene();
  const dress = (lit = false) => {
    surroundings.update(lit);
    surroundings.applyTo(scene);
    return scene;
  };
  const spawn = (order: string) => {
    const entity = world.spawn();
    world.add(entity, Hierarchy, { order });
    return entity;
  };
  const sun = surroundings.root.children[0] as DirectionalLight;
  return { world, overlay, surroundings, dress, spawn, sun };
}

describe('surroundings', () => {
  it('are a studio whose light steps back for a document’s own lights', () => {
    const { dress, sun } = setUp();
    const alone = dress().environmentIntensity;
    expect(sun.visible && sun.castShadow).toBe(true);
    expect(dress(true).environmentIntensity).toBeLessThan(alone);
    expect(sun.visible).toBe(false);
  });

  it('paint the studio’s light ahead in slices, and then need not paint it', () => {
    const { surroundings, dress } = setUp();
    let slices = 0;
    const oneRow = () => {
      let rows = 0;
      return () => rows++ >= 1;
    };
    while (!surroundings.prepare(oneRow())) slices += 1;
    expect(slices).toBeGreaterThan(10);
    const paint = vi.spyOn(SkyLight.prototype, 'paint');
    expect(dress().environment).not.toBeNull();
    expect(paint.mock.results.map(({ value }) => value)).toEqual([true]);
    paint.mockRestore();
  });

  it('are the first visible environment in the order of the tree, also beside lights', () => {
    const { world, dress, spawn, sun } = setUp();
    const later = spawn('a2');
    world.add(later, Environment, { preset: 'night', background: 'color' });
    const first = spawn('a1');
    world.add(first, Environment, { preset: 'sunset', intensity: 2, background: 'color' });
    expect(dress(true).environmentIntensity).toBeCloseTo(SKIES.sunset.light * 2);
    expect(sun.visible).toBe(true);
    world.add(first, Flags, { hidden: true });
    expect(dress(true).environmentIntensity).toBeCloseTo(SKIES.night.light);
    world.set(later, Hierarchy, { alive: false });
    expect(dress().environmentIntensity).toBeCloseTo(SKIES.studio.light);
  });

  it('show what is previewed', () => {
    const { world, overlay, dress, spawn } = setUp();
    const sky = spawn('a1');
    world.add(sky, Environment, { background: 'color', backgroundColor: [1, 0, 0, 1] });
    overlay.set(new Map([[sky, { environment: { backgroundColor: [0, 1, 0, 1] } }]]));
    expect(dress().background).toEqual(new Color(0, 1, 0));
  });

  it('turn the sun with the sky, and fit its shadow to the scene', () => {
    const { world, surroundings, dress, spawn, sun } = setUp();
    const sky = spawn('a1');
    world.add(sky, Environment, { preset: 'daylight', background: 'color' });
    dress();
    const towards = () => sun.position.clone().sub(sun.target.position).normalize();
    const before = towards();
    world.set(sky, Environment, { rotation: Math.PI });
    dress();
    expect(towards().x).toBeCloseTo(-before.x);
    expect(towards().y).toBeCloseTo(before.y);
    surroundings.cast(new Sphere(new Vector3(3, 0, 0), 5), new Vector3(), true);
    expect(sun.target.position.x).toBe(3);
    expect(towards().x).toBeCloseTo(-before.x);
    const { camera } = sun.shadow;
    expect(camera.right).toBeGreaterThanOrEqual(5);
    expect(camera.right).toBeLessThan(7);
    expect(sun.shadow.needsUpdate).toBe(true);
  });

  it('have fog of two kinds, or none', () => {
    const { world, dress, spawn } = setUp();
    expect(dress().fog).toBeNull();
    const fog = spawn('a1');
    world.add(fog, Fog, { near: 3, far: 9 });
    expect(dress().fog).toMatchObject({ near: 3, far: 9 });
    expect(dress().fog).toBeInstanceOf(LinearFog);
    world.set(fog, Fog, { kind: 'exponential', density: 0.25 });
    expect(dress().fog).toBeInstanceOf(FogExp2);
    world.add(fog, Flags, { hidden: true });
    expect(dress().fog).toBeNull();
  });
});

describe('a painted sky', () => {
  const names = Object.keys(SKIES) as SkyName[];

  it.each(names)('%s has no holes, and no light that burns', (name) => {
    const color = new Color();
    for (let step = 0; step < 2000; step++) {
      const direction = { azimuth: step * 0.7, elevation: ((step % 180) / 180 - 0.5) * Math.PI };
      shadeSky(SKIES[name], direction, color);
      for (const channel of color.toArray()) {
        expect(channel).toBeGreaterThanOrEqual(0);
        expect(channel).toBeLessThan(20);
      }
    }
  });

  it('is brightest where its sun is', () => {
    const { sun } = SKIES.daylight;
    const at = shadeSky(SKIES.daylight, sun!, new Color());
    const away = shadeSky(SKIES.daylight, { ...sun!, azimuth: sun!.azimuth + 2 }, new Color());
    expect(at.g).toBeGreaterThan(away.g * 4);
  });

  it('has no seam behind', () => {
    for (const elevation of [0.1, 0.6, 1.2]) {
      const left = shadeSky(SKIES.overcast, { azimuth: -Math.PI, elevation }, new Color());
      const right = shadeSky(SKIES.overcast, { azimuth: Math.PI, elevation }, new Color());
      expect(left.r).toBeCloseTo(right.r, 4);
    }
  });
});
