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

export type Triple = readonly [number, number, number];

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
}
