import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type * as Iwer from 'iwer';

declare global {
  interface Window {
    IWER: typeof Iwer;
    /** The emulated headset; there when `installHeadset` was called before the page was opened. */
    headset: Iwer.XRDevice;
  }
}

export type Hand = 'left' | 'right';
export type Triple = readonly [number, number, number];
export type Quadruple = readonly [number, number, number, number];

/** What is left out stays as it was. */
export interface HandChange {
  readonly position?: Triple;
  readonly rotation?: Quadruple;
  /** `trigger`, `squeeze`, `a-button`, `x-button`…: how far each is pressed, 0 to 1. */
  readonly buttons?: Readonly<Record<string, number>>;
  readonly stick?: readonly [x: number, y: number];
}

export interface HeadsetOptions {
  /** Without hands, AR, anchors or haptics, as a lesser device: names of WebXR features and modes. */
  readonly without?: readonly string[];
}

const RUNTIME = fileURLToPath(
  new URL('../../node_modules/iwer/build/iwer.min.js', import.meta.url),
);
/** Standing, looking ahead. */
const EYES: Triple = [0, 1.6, 0];

/** Puts an emulated Quest 3 where the browser's own WebXR was. Call it before the page is opened. */
export async function installHeadset(
  page: Page,
  { without = [] }: HeadsetOptions = {},
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
    },
    { missing: without, eyes: EYES as [number, number, number] },
  );
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
  async frames(count: number): Promise<void> {
    const target = (await this.drawn()) + count;
    await this.page.waitForFunction((frames) => window.theta.headset.frames >= frames, target);
  }

  drawn(): Promise<number> {
    return this.page.evaluate(() => window.theta.headset.frames);
  }

  /** Moves a controller and presses its buttons, and lets the tools see it. */
  async hand(side: Hand, change: HandChange): Promise<void> {
    await this.page.evaluate(
      ([each, { position, rotation, buttons = {}, stick }]) => {
        const controller = window.headset.controllers[each];
        if (controller === undefined) throw new Error('No such controller.');
        if (position) controller.position.set(...(position as [number, number, number]));
        if (rotation) controller.quaternion.set(...(rotation as [number, number, number, number]));
        for (const [id, value] of Object.entries(buttons)) controller.updateButtonValue(id, value);
        if (stick) controller.updateAxes('thumbstick', stick[0], stick[1]);
      },
      [side, change] as const,
    );
    await this.frames(2);
  }

  /** Bare hands in place of controllers, or the other way round. */
  async bareHands(bare: boolean): Promise<void> {
    await this.page.evaluate((hands) => {
      window.headset.primaryInputMode = hands ? 'hand' : 'controller';
    }, bare);
    await this.frames(2);
  }

  /** Moves a bare hand, and pinches with it. */
  async fingers(side: Hand, change: { position?: Triple; pinch?: number }): Promise<void> {
    await this.page.evaluate(
      ([each, { position, pinch }]) => {
        const hand = window.headset.hands[each];
        if (hand === undefined) throw new Error('No such hand.');
        if (position) hand.position.set(...(position as [number, number, number]));
        if (pinch !== undefined) hand.updatePinchValue(pinch);
      },
      [side, change] as const,
    );
    await this.frames(2);
  }

  async head(position: Triple, rotation: Quadruple = [0, 0, 0, 1]): Promise<void> {
    await this.page.evaluate(
      ([at, turn]) => {
        window.headset.position.set(...at);
        window.headset.quaternion.set(...turn);
      },
      [position, rotation] as [[number, number, number], [number, number, number, number]],
    );
  }
}
