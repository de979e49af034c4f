import type { Texture } from 'three';
import { type Context2D, canvasTexture } from '../canvas-texture.ts';

/** What stands for an entity that has no surface. */
export type IconKind = 'directional' | 'point' | 'spot' | 'ambient' | 'camera';

const SIZE = 128;
const CENTRE = SIZE / 2;
const STROKE = 7;
const DISC = 'rgba(20, 22, 28, 0.62)';
const TAU = 2 * Math.PI;

const PAINTERS: Readonly<Record<IconKind, (context: Context2D) => void>> = {
  directional: (context) => sun(context, 8, 17),
  point: bulb,
  spot,
  ambient: (context) => {
    circle(context, 20);
    circle(context, 34, true);
  },
  camera,
};

/** A white symbol on a dark disc, to be tinted by the sprite that shows it. The caller disposes. */
export function iconTexture(kind: IconKind): Texture {
  return canvasTexture(SIZE, SIZE, (context) => {
    context.fillStyle = DISC;
    context.beginPath();
    context.arc(CENTRE, CENTRE, CENTRE - 4, 0, TAU);
    context.fill();
    context.strokeStyle = '#ffffff';
    context.fillStyle = '#ffffff';
    context.lineWidth = STROKE;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    PAINTERS[kind](context);
  });
}

function circle(context: Context2D, radius: number, dashed = false): void {
  context.setLineDash(dashed ? [10, 14] : []);
  context.beginPath();
  context.arc(CENTRE, CENTRE, radius, 0, TAU);
  context.stroke();
  context.setLineDash([]);
}

function line(context: Context2D, ...points: readonly (readonly [number, number])[]): void {
  context.beginPath();
  for (const [x, y] of points) context.lineTo(CENTRE + x, CENTRE + y);
  context.stroke();
}

function sun(context: Context2D, rays: number, radius: number): void {
  circle(context, radius);
  for (let ray = 0; ray < rays; ray++) {
    const x = Math.cos((ray / rays) * TAU);
    const y = Math.sin((ray / rays) * TAU);
    line(context, [x * 29, y * 29], [x * 40, y * 40]);
  }
}

function bulb(context: Context2D): void {
  context.beginPath();
  context.arc(CENTRE, CENTRE - 8, 24, 0.75 * Math.PI, 0.25 * Math.PI);
  context.lineTo(CENTRE + 11, CENTRE + 24);
  context.lineTo(CENTRE - 11, CENTRE + 24);
  context.closePath();
  context.stroke();
  line(context, [-9, 36], [9, 36]);
}

function spot(context: Context2D): void {
  line(context, [-10, -34], [10, -34], [18, -6], [-18, -6], [-10, -34]);
  line(context, [-24, 8], [-34, 32]);
  line(context, [0, 10], [0, 36]);
  line(context, [24, 8], [34, 32]);
}

function camera(context: Context2D): void {
  line(context, [-36, -18], [12, -18], [12, 18], [-36, 18], [-36, -18]);
  line(context, [16, -4], [36, -18], [36, 18], [16, 4]);
}
