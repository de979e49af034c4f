import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { waitUntilConnected } from './session.ts';
import './theta-window.ts';

/** The camera of a page that was just opened: `src/render/camera-rig.ts`. */
const HOME_CAMERA = { position: [6, 4.5, 8], fovDegrees: 45 } as const;
/** CSS pixels of a gizmo's arm, of which the arrow's head is the outer fifth. */
const GIZMO_ARM = 100;
const ARROW_HEAD = 0.9;

/** One brings the stores up to date, one the view, and one is drawn. */
const FRAMES_TO_SHOW = 3;

export type Point = readonly [number, number, number];

export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

/** Plain components of an entity, as `theta.get` gives them; those that the tests look at. */
export interface PlainEntity {
  readonly id: string;
  readonly parent: string | null;
  readonly name?: { readonly value: string };
  readonly transform: {
    readonly position: readonly number[];
    readonly rotation: readonly number[];
    readonly scale: readonly number[];
  };
  readonly primitive?: { readonly kind: string };
  readonly light?: { readonly kind: string };
  readonly mesh?: { readonly asset: string; readonly index: number };
  readonly material?: { readonly baseColorMap: string; readonly color: readonly number[] };
}

/** An open editor, as a person sees it and as a script reads it. */
export class EditorPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get canvas(): Locator {
    return this.page.locator('main canvas');
  }

  get undoButton(): Locator {
    return this.page.getByRole('button', { name: 'Undo', exact: true });
  }

  get redoButton(): Locator {
    return this.page.getByRole('button', { name: 'Redo', exact: true });
  }

  /** The connection as the status bar tells it. */
  get status(): Locator {
    return this.page.getByRole('contentinfo').getByRole('status');
  }

  row(name: string): Locator {
    return this.page.getByRole('treeitem', { name, exact: true });
  }

  field(label: string): Locator {
    return this.page.getByRole('textbox', { name: label, exact: true });
  }

  connected(): Promise<void> {
    return waitUntilConnected(this.page);
  }

  session() {
    return this.page.evaluate(() => ({ ...window.theta.session }));
  }

  renderer(): Promise<string | undefined> {
    return this.page.evaluate(() => window.theta.renderer);
  }

  hash(): Promise<string> {
    return this.page.evaluate(() => window.theta.worldHash());
  }

  history() {
    return this.page.evaluate(() => window.theta.history());
  }

  execute(type: string, params: unknown) {
    return this.page.evaluate(([kind, values]) => window.theta.execute(kind, values), [
      type,
      params,
    ] as const);
  }

  async get(id: string): Promise<PlainEntity> {
    const found = await this.page.evaluate((each) => window.theta.get(each), id);
    if (found === undefined) throw new Error(`There is no entity ${id}.`);
    return found as unknown as PlainEntity;
  }

  /** Everything in the scene. */
  async entities(): Promise<PlainEntity[]> {
    const all = await this.page.evaluate(() =>
      window.theta.entities().flatMap((id) => window.theta.get(id) ?? []),
    );
    return all as unknown as PlainEntity[];
  }

  /** Waits for the one entity of this name. */
  async named(name: string): Promise<PlainEntity> {
    let found: PlainEntity | undefined;
    await expect
      .poll(async () => {
        found = (await this.entities()).find((entity) => entity.name?.value === name);
        return found?.name?.value;
      }, `an entity called "${name}"`)
      .toBe(name);
    return found as PlainEntity;
  }

  /** Waits until this page shows the same document as another. */
  async agreesWith(other: EditorPage): Promise<void> {
    await expect
      .poll(async () => (await this.hash()) === (await other.hash()), 'equal world hashes')
      .toBe(true);
  }

  async add(label: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Add', exact: true }).click();
    await this.page.getByRole('menuitem', { name: label, exact: true }).click();
  }

  chooseTool(label: 'Select' | 'Move' | 'Rotate' | 'Scale'): Promise<void> {
    return this.page.getByRole('radio', { name: label, exact: true }).click();
  }

  /** Types into a field of the inspector, and leaves it by Enter. */
  async type(label: string, text: string): Promise<void> {
    await this.field(label).fill(text);
    await this.field(label).press('Enter');
  }

  /** Drops files on the view, as from the desktop. */
  async drop(...files: readonly DroppedFile[]): Promise<void> {
    const data = await this.page.evaluateHandle((each) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of each) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
      }
      return transfer;
    }, files);
    await this.canvas.dispatchEvent('dragover', { dataTransfer: data });
    await this.canvas.dispatchEvent('drop', { dataTransfer: data });
  }

  /** Where a point of the world is on the page, before anybody has moved the camera. */
  async project(point: Point): Promise<ScreenPoint> {
    const box = await this.#canvasBox();
    const { x, y, depth } = towardsOrigin(point);
    const scale = focalPixels(box.height) / depth;
    return { x: box.x + box.width / 2 + x * scale, y: box.y + box.height / 2 - y * scale };
  }

  /** Where the head of a gizmo's arrow is, with the gizmo at `pivot` and its axis along `axis`. */
  async arrowHead(pivot: Point, axis: Point): Promise<ScreenPoint> {
    const { height } = await this.#canvasBox();
    const arm = (ARROW_HEAD * GIZMO_ARM * towardsOrigin(pivot).depth) / focalPixels(height);
    return this.project(added(pivot, axis, arm));
  }

  /** Resolves when the view has had the time to draw what the page was told before. */
  async drawn(): Promise<void> {
    await this.page.evaluate(async (frames) => {
      for (let each = 0; each < frames; each++) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }, FRAMES_TO_SHOW);
  }

  /** Drags with the left button, in steps as a hand does. */
  async drag(from: ScreenPoint, to: ScreenPoint): Promise<void> {
    const { mouse } = this.page;
    await this.drawn();
    await mouse.move(from.x, from.y);
    await this.drawn();
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 8 });
    await mouse.up();
  }

  async #canvasBox() {
    const box = await this.canvas.boundingBox();
    if (box === null) throw new Error('There is no canvas on the page.');
    return box;
  }
}

export interface DroppedFile {
  readonly name: string;
  readonly base64: string;
}

export async function fileAt(path: URL): Promise<DroppedFile> {
  const bytes = await readFile(path);
  return { name: basename(path.pathname), base64: bytes.toString('base64') };
}

/** Along the home camera's own axes: right, up, and how far ahead. */
function towardsOrigin(point: Point): { x: number; y: number; depth: number } {
  const ahead = unit(HOME_CAMERA.position.map((each) => -each) as unknown as Point);
  const right = unit(cross(ahead, [0, 1, 0]));
  const up = cross(right, ahead);
  const offset = point.map((each, at) => each - HOME_CAMERA.position[at]!) as unknown as Point;
  return { x: dot(offset, right), y: dot(offset, up), depth: dot(offset, ahead) };
}

function focalPixels(height: number): number {
  return height / 2 / Math.tan((HOME_CAMERA.fovDegrees * Math.PI) / 360);
}

function added(point: Point, axis: Point, factor: number): Point {
  return point.map((each, at) => each + axis[at]! * factor) as unknown as Point;
}

function unit(v: Point): Point {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
}

function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Point, b: Point): Point {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
