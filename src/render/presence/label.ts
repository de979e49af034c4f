import { Sprite, SpriteMaterial } from 'three';
import { canvasTexture, measureText } from '../canvas-texture.ts';
import { PALETTE } from '../palette.ts';

const FONT = '600 34px system-ui, -apple-system, "Segoe UI", sans-serif';
const HEIGHT = 64;
const PADDING = 22;
const RADIUS = 20;
const LONGEST_NAME = 24;
/** Height on the screen as a share of the viewport's at one metre. */
const SCREEN_HEIGHT = 0.026;
/** Labels are read over everything but the gizmo. */
const RENDER_ORDER = 950;
/** A label stands above its point by this share of its height. */
const LIFT = -0.35;

/** A name on a pill of its owner's colour, of the same size at any distance. */
export class Label {
  readonly sprite: Sprite;
  readonly #aspect: number;

  constructor(name: string, color: string) {
    const text = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
    const width = Math.ceil(measureText(text, FONT)) + 2 * PADDING;
    const map = canvasTexture(width, HEIGHT, (context) => {
      context.fillStyle = color;
      context.beginPath();
      context.roundRect(2, 2, width - 4, HEIGHT - 4, RADIUS);
      context.fill();
      context.fillStyle = isBright(color) ? '#16181d' : PALETTE.labelText;
      context.font = FONT;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.fillText(text, width / 2, HEIGHT / 2 + 2);
    });
    const material = new SpriteMaterial({
      map,
      sizeAttenuation: false,
      transparent: true,
      depthTest: false,
      depthWrite: false,
      fog: false,
    });
    this.sprite = new Sprite(material);
    this.sprite.center.set(0.5, LIFT);
    this.#aspect = width / HEIGHT;
    this.scale = 1;
    this.sprite.renderOrder = RENDER_ORDER;
  }

  /** As `spriteScale` says for the camera that looks at it. */
  set scale(scale: number) {
    this.sprite.scale.set(SCREEN_HEIGHT * this.#aspect * scale, SCREEN_HEIGHT * scale, 1);
  }

  dispose(): void {
    this.sprite.material.map?.dispose();
    this.sprite.material.dispose();
    this.sprite.removeFromParent();
  }
}

/** By relative luminance, so that the text on `#rrggbb` can be read. */
function isBright(color: string): boolean {
  const value = Number.parseInt(color.slice(1), 16);
  const [r, g, b] = [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  return 0.299 * r! + 0.587 * g! + 0.114 * b! > 165;
}
