import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type * as Iwer from 'iwer';
import { Matrix4, Quaternion, Vector3 } from 'three';

declare global {
  interface Window {
    IWER: typeof Iwer;
    /** Resolves when the headset has drawn so many frames more, or is taken off. */
    afterFrames(count: number): Promise<void>;
    /** The emulated headset; there when `installHeadset` was called before the page was opened. */
    headset: Iwer.XRDevice;
  }
}

export type Triple = readonly [number, number, number];

export interface HeadsetOptions {
  /** Without hands, AR, anchors or haptics, as a lesser device: names of WebXR features and modes. */
  readonly without?: readonly string[];
  /** The real room has a table before the person, its top so many metres high; else there is nothing in it. */
  readonly tableHeight?: number;
}

/** As much as iwer asks of what stands for the real room. */
interface RealRoom {
  readonly trackedPlanes: Set<unknown>;
  readonly trackedMeshes: Set<unknown>;
  render(): void;
  /** Column-major matrices of where a ray, given as one, meets a surface. */
  computeHitTestResults(ray: Float32Array): Float32Array[];
}

const RUNTIME = fileURLToPath(
  new URL('../../node_modules/iwer/build/iwer.min.js', import.meta.url),
);
/** Standing, looking ahead. */
const EYES: Triple = [0, 1.6, 0];

/** Puts an emulated Quest 3 where the browser's own WebXR was. Call it before the page is opened. */
export async function installHeadset(
  page: Page,
  { without = [], tableHeight }: HeadsetOptions = {},
): Promise<void> {
  await page.addInitScript({ path: RUNTIME });
  await page.addInitScript(
    ({ missing, eyes }) => {
      const { metaQuest3, XRDevice } = window.IWER;
      const has = (name: string): boolean => !missing.includes(name);
      const device = new XRDevice(
        {
          ...metaQuest3,
          supportedFeatures: metaQuest3.supportedFeatures.filter(has),
          supportedSessionModes: metaQuest3.supportedSessionModes.filter(has),
        },
        { stereoEnabled: true },
      );
      device.position.set(...eyes);
      device.installRuntime({ forceInstall: true });
      window.headset = device;
      // Asked from here, a step of a walk costs one round trip to the page, which frames keep busy.
      window.afterFrames = (count) => {
        const target = window.theta.headset.frames + count;
        return new Promise((resolve) => {
          const look = (): void => {
            const { frames, status } = window.theta.headset;
            if (frames >= target || status === 'out') resolve();
            else setTimeout(look, 4);
          };
          look();
        });
      };
    },
    { missing: without, eyes: EYES as [number, number, number] },
  );
  if (tableHeight !== undefined) await page.addInitScript(furnish, tableHeight);
}

export type Side = 'left' | 'right';
export type Button = 'trigger' | 'squeeze' | 'x-button' | 'y-button' | 'a-button' | 'b-button';

/** Where hands rest: before the chest, the left one high enough to read what it holds. */
const AT_REST: Readonly<Record<Side, Triple>> = {
  left: [-0.28, 1.25, -0.4],
  right: [0.22, 1.2, -0.3],
};

/** Runs in the page: a table of one metre by one, half a metre before the person. */
function furnish(height: number): void {
  const meets = (ray: Float32Array): Float32Array[] => {
    // A ray points along the negative z of its matrix.
    const [x, y, z] = [ray[12]!, ray[13]!, ray[14]!];
    const [dx, dy, dz] = [-ray[8]!, -ray[9]!, -ray[10]!];
    const reach = (height - y) / dy;
    const [atX, atZ] = [x + dx * reach, z + dz * reach];
    if (!(reach > 0) || Math.abs(atX) > 0.5 || Math.abs(atZ + 1) > 0.5) return [];
    return [new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, atX, height, atZ, 1])];
  };
  class Room implements RealRoom {
    readonly trackedPlanes = new Set();
    readonly trackedMeshes = new Set();
    readonly computeHitTestResults = meets;
    render(): void {
      // What is real is not drawn.
    }
  }
  window.headset.installSEM(Room as never);
}

/** A person in the emulated headset. Places are metres of the real room, from its floor's middle. */
export class Wearer {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async enter(mode: 'VR' | 'AR'): Promise<void> {
    await this.page.getByRole('button', { name: `Enter ${mode}`, exact: true }).click();
    await this.page.waitForFunction(() => window.theta.headset.status === 'in');
    await this.frames(3);
  }

  /** Lets the headset draw so many frames. */
  frames(count: number): Promise<void> {
    return this.page.evaluate((frames) => window.afterFrames(frames), count);
  }

  /** Looks at a point from where the head is. */
  lookAt(target: Triple): Promise<void> {
    return this.page.evaluate(
      (turn) => {
        window.headset.quaternion.set(...turn);
        return window.afterFrames(2);
      },
      turnTo(EYES, target),
    );
  }

  /** Puts both controllers, or both bare hands, where they rest. */
  async rest(): Promise<void> {
    await this.#place('left', AT_REST.left, AHEAD);
    await this.#place('right', AT_REST.right, AHEAD);
  }

  /** Lays the controllers down, or takes them up again. */
  async use(mode: 'hand' | 'controller'): Promise<void> {
    await this.page.evaluate((input) => {
      window.headset.primaryInputMode = input;
    }, mode);
    await this.rest();
  }

  /** Moves a hand somewhere; it keeps how it is turned. */
  moveTo(side: Side, place: Triple): Promise<void> {
    return this.#place(side, place);
  }

  /** Carries a hand by so many metres, as an arm does: over some frames. */
  carry(side: Side, by: Triple): Promise<void> {
    return this.page.evaluate(
      async ([hand, way, steps]) => {
        const { primaryInputMode, hands, controllers } = window.headset;
        const { position } = (primaryInputMode === 'hand' ? hands : controllers)[hand]!;
        const from = [position.x, position.y, position.z];
        for (let step = 1; step <= steps; step++) {
          const [x, y, z] = from.map((each, at) => each + (way[at]! * step) / steps);
          position.set(x!, y!, z!);
          await window.afterFrames(1);
        }
        await window.afterFrames(1);
      },
      [side, by, CARRY_FRAMES] as const,
    );
  }

  /** Points a hand at a place, from where it is. */
  async pointAt(side: Side, target: Triple): Promise<void> {
    const from = await this.#placeOf(side);
    await this.#place(side, from, turnTo(from, target));
  }

  hold(side: Side, button: Button, value: 0 | 1 = 1): Promise<void> {
    return this.page.evaluate(
      ([hand, id, level]) => {
        window.headset.controllers[hand]?.updateButtonValue(id, level);
        return window.afterFrames(2);
      },
      [side, button, value] as const,
    );
  }

  async press(side: Side, button: Button): Promise<void> {
    await this.hold(side, button);
    await this.hold(side, button, 0);
  }

  /** Right, and towards the person: -1 to 1. */
  stick(side: Side, x: number, y: number): Promise<void> {
    return this.page.evaluate(
      ([hand, across, along]) => {
        window.headset.controllers[hand]?.updateAxes('thumbstick', across, along);
        return window.afterFrames(2);
      },
      [side, x, y] as const,
    );
  }

  pinch(side: Side, value: 0 | 1 = 1): Promise<void> {
    return this.page.evaluate(
      ([hand, level]) => {
        window.headset.hands[hand]?.updatePinchValue(level);
        return window.afterFrames(3);
      },
      [side, value] as const,
    );
  }

  /** What can be pressed on the panels now. */
  labels(): Promise<readonly string[]> {
    return this.page.evaluate(() => window.theta.headset.controls.map(({ label }) => label));
  }

  /** Points the right hand at a button of a panel and presses it, by trigger or by pinch. */
  async tap(label: string): Promise<void> {
    await this.pointAt('right', await this.#button(label));
    const bare = await this.page.evaluate(() => window.headset.primaryInputMode === 'hand');
    if (bare) {
      await this.pinch('right');
      await this.pinch('right', 0);
    } else await this.press('right', 'trigger');
  }

  /** Where the person's floor stands in the world. */
  floor(): Promise<readonly number[]> {
    return this.page.evaluate(() => window.theta.headset.floor ?? [0, 0, 0]);
  }

  async #button(label: string): Promise<Triple> {
    const place = await this.page.evaluate(
      (name) => window.theta.headset.controls.find((each) => each.label === name)?.position,
      label,
    );
    if (place === undefined)
      throw new Error(`Nothing here says "${label}": ${await this.labels()}`);
    return place as unknown as Triple;
  }

  #placeOf(side: Side): Promise<Triple> {
    return this.page.evaluate((hand) => {
      const { primaryInputMode, hands, controllers } = window.headset;
      const { position } = (primaryInputMode === 'hand' ? hands : controllers)[hand]!;
      return [position.x, position.y, position.z] as const;
    }, side);
  }

  async #place(side: Side, place: Triple, turn?: Turn): Promise<void> {
    await this.page.evaluate(
      ([hand, at, rotation]) => {
        const { primaryInputMode, hands, controllers } = window.headset;
        const input = (primaryInputMode === 'hand' ? hands : controllers)[hand]!;
        input.position.set(...at);
        if (rotation !== undefined) input.quaternion.set(...rotation);
        return window.afterFrames(2);
      },
      [side, place as [number, number, number], turn] as const,
    );
  }
}

/** As many as a hand takes for its way: enough that it is seen to go it. */
const CARRY_FRAMES = 4;

type Turn = [number, number, number, number];
const AHEAD: Turn = [0, 0, 0, 1];

/** How something at `from` is turned that looks at `target`, upright. */
function turnTo(from: Triple, target: Triple): Turn {
  const [eye, at] = [new Vector3(...from), new Vector3(...target)];
  const turn = new Quaternion().setFromRotationMatrix(
    new Matrix4().lookAt(eye, at, new Vector3(0, 1, 0)),
  );
  return turn.toArray() as Turn;
}
