import { PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { Entity } from '../../ecs/entity.ts';
import type { Editor, GizmoHandle, PointerInput } from '../../editor/editor.ts';
import type { SceneView } from '../../render/scene-view.ts';
import { PointerFeed } from './pointer-feed.ts';

const WIDTH = 800;
const HEIGHT = 600;
const LEFT = 100;
const TOP = 50;
const HANDLE: GizmoHandle = { mode: 'move', axis: 'x' };
const ENTITY = 7 as Entity;

class FakeElement extends EventTarget {
  readonly clientWidth = WIDTH;
  readonly clientHeight = HEIGHT;
  captured: number | undefined;
  getBoundingClientRect(): { left: number; top: number } {
    return { left: LEFT, top: TOP };
  }
  setPointerCapture(pointer: number): void {
    this.captured = pointer;
  }
  releasePointerCapture(): void {
    this.captured = undefined;
  }
  hasPointerCapture(pointer: number): boolean {
    return this.captured === pointer;
  }
}

interface Fired {
  readonly button?: number;
  readonly buttons?: number;
  readonly clientX?: number;
  readonly clientY?: number;
}

function setUp() {
  const camera = new PerspectiveCamera(45, WIDTH / HEIGHT, 0.1, 100);
  camera.position.set(0, 0, 10);
  camera.updateMatrixWorld();
  const rig = {
    camera,
    active: false,
    enabled: true,
    rayThrough: (right: number, up: number) => ({
      origin: camera.position.toArray(),
      direction: new Vector3(right, up, 0.5)
        .unproject(camera)
        .sub(camera.position)
        .normalize()
        .toArray(),
    }),
  };
  const seen: { handle: GizmoHandle | undefined } = { handle: undefined };
  const view = {
    camera: rig,
    gizmo: { pick: () => seen.handle },
    pick: () => ({ entity: ENTITY, point: [0, 0, 0], normal: [0, 0, 1], distance: 10 }),
  } as unknown as SceneView;
  const inputs: PointerInput[] = [];
  const answer = { owns: false };
  const editor = {
    pointer: (input: PointerInput) => {
      inputs.push(input);
      return answer.owns;
    },
    hover: () => undefined,
  } as unknown as Editor;
  const element = new FakeElement();
  const feed = new PointerFeed(element as unknown as HTMLElement, view, editor);
  const fire = (type: string, fields: Fired = {}): void => {
    const event = Object.assign(new Event(type), {
      button: 0,
      buttons: 1,
      clientX: LEFT + WIDTH / 2,
      clientY: TOP + HEIGHT / 2,
      pointerId: 1,
      isPrimary: true,
      shiftKey: false,
      ctrlKey: true,
      altKey: false,
      metaKey: false,
      ...fields,
    });
    element.dispatchEvent(event);
  };
  return { feed, fire, inputs, answer, rig, element, seen };
}

describe('PointerFeed', () => {
  it('tells the editor where the pointer is, what is under it, and how the camera stands', () => {
    const { fire, inputs } = setUp();
    fire('pointerdown');
    const [input] = inputs;
    expect(input).toMatchObject({
      type: 'down',
      button: 0,
      screen: { x: WIDTH / 2, y: HEIGHT / 2 },
      modifiers: { ctrl: true, shift: false },
      hit: { entity: ENTITY },
    });
    expect(input!.ray.direction[2]).toBeCloseTo(-1);
    expect(input!.camera.forward[2]).toBeCloseTo(-1);
    expect(input!.camera.scale).toBeCloseTo((2 * Math.tan(Math.PI / 8)) / HEIGHT);
  });

  it('looks at the last of many moves, once', () => {
    const { feed, fire, inputs } = setUp();
    for (const clientX of [110, 120, 130]) fire('pointermove', { clientX, buttons: 0 });
    expect(inputs).toHaveLength(0);
    feed.flush();
    feed.flush();
    expect(inputs.map((input) => input.screen?.x)).toEqual([30]);
  });

  it('keeps the camera still while a gesture owns the pointer, and lets go with it', () => {
    const { fire, answer, rig, element } = setUp();
    answer.owns = true;
    fire('pointerdown');
    expect([rig.enabled, element.captured]).toEqual([false, 1]);
    answer.owns = false;
    fire('pointerup');
    expect([rig.enabled, element.captured]).toEqual([true, undefined]);
  });

  it('holds on to the grabbed handle however far the pointer strays', () => {
    const { feed, fire, answer, inputs, seen } = setUp();
    answer.owns = true;
    seen.handle = HANDLE;
    fire('pointerdown');
    seen.handle = undefined;
    fire('pointermove', { clientX: 700 });
    feed.flush();
    expect(inputs.at(-1)?.handle).toEqual(HANDLE);
    expect(feed.grabbedHandle).toEqual(HANDLE);
    fire('pointerup');
    expect(feed.grabbedHandle).toBeUndefined();
  });

  it('leaves the right and the middle button to others', () => {
    const { fire, inputs } = setUp();
    fire('pointerdown', { button: 2 });
    fire('pointerdown', { button: 1 });
    fire('pointerup', { button: 2 });
    expect(inputs).toHaveLength(0);
  });

  it('cancels the gesture when the browser takes the pointer away', () => {
    const { fire, answer, inputs, rig } = setUp();
    answer.owns = true;
    fire('pointerdown');
    fire('lostpointercapture');
    expect(inputs.at(-1)?.type).toBe('cancel');
    expect(rig.enabled).toBe(true);
  });

  it('looks again at what a resting pointer is over after the picture changed', () => {
    const { feed, fire, inputs } = setUp();
    fire('pointermove', { buttons: 0 });
    feed.flush();
    feed.lookAgain();
    feed.flush();
    expect(inputs).toHaveLength(2);
    fire('pointerleave');
    feed.lookAgain();
    feed.flush();
    expect(inputs).toHaveLength(2);
  });

  it('forgets its listeners', () => {
    const { feed, fire, inputs } = setUp();
    feed.dispose();
    fire('pointerdown');
    expect(inputs).toHaveLength(0);
  });
});
