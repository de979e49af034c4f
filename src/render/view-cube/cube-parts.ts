import {
  BoxGeometry,
  BufferGeometry,
  Float32BufferAttribute,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  type Texture,
} from 'three';
import { canvasTexture } from '../canvas-texture.ts';
import { displayColor } from '../neutral-tone.ts';
import { PALETTE } from '../palette.ts';
import { type CubeRegion, RIM } from './cube-region.ts';

/** In the order of the groups of three's box: +x, -x, +y, -y, +z, -z. */
const FACES = ['Right', 'Left', 'Top', 'Bottom', 'Front', 'Back'] as const;
const FACE_COLORS: Readonly<Record<(typeof FACES)[number], string>> = {
  Right: '#454954',
  Left: '#454954',
  Top: '#575c69',
  Bottom: '#383b44',
  Front: '#4d515d',
  Back: '#4d515d',
};
const BORDER = '#6d7382';
const INK = '#eef0f5';
const TEXTURE_SIDE = 192;
const FONT = '600 45px system-ui, -apple-system, "Segoe UI", sans-serif';
/** So far outside of the faces their highlight lies. */
const LIFT = 1.004;
const LETTER_SIDE = 0.62;
const AXIS_WIDTH = 0.07;
/** The axes run along the cube's lower left rear edges, a little outside. */
export const AXIS_CORNER = -1.12;
const AXIS_END = 1.12;

export type AxisName = 'x' | 'y' | 'z';

const AXIS_COLORS: Readonly<Record<AxisName, string>> = {
  x: PALETTE.axisX,
  y: PALETTE.axisY,
  z: PALETTE.axisZ,
};

/** What everything here is drawn by: over the scene, without its depth. */
function overlay(parameters: ConstructorParameters<typeof MeshBasicMaterial>[0]) {
  return new MeshBasicMaterial({
    transparent: true,
    depthTest: false,
    depthWrite: false,
    fog: false,
    ...parameters,
  });
}

/** The cube with its names, from -1 to 1. The caller disposes of geometry, materials and their maps. */
export function createCube(): Mesh<BoxGeometry, MeshBasicMaterial[]> {
  const materials = FACES.map((name) => overlay({ map: faceTexture(name) }));
  return new Mesh(new BoxGeometry(2, 2, 2), materials);
}

/** What shows the part that the pointer is on; `highlightGeometry` gives its shape. */
export function createHighlight(): Mesh<BufferGeometry, MeshBasicMaterial> {
  const material = overlay({ color: displayColor(PALETTE.gizmoHighlight), opacity: 0.55 });
  return new Mesh(new BufferGeometry(), material);
}

/** An axis as a bar beside the cube. */
export function createAxisBar(axis: AxisName): Mesh<BoxGeometry, MeshBasicMaterial> {
  const length = AXIS_END - AXIS_CORNER;
  const along = (each: AxisName): number => (each === axis ? length : AXIS_WIDTH);
  const at = (each: AxisName): number => (each === axis ? AXIS_CORNER + length / 2 : AXIS_CORNER);
  const geometry = new BoxGeometry(along('x'), along('y'), along('z'));
  geometry.translate(at('x'), at('y'), at('z'));
  return new Mesh(geometry, overlay({ color: displayColor(AXIS_COLORS[axis]) }));
}

/** The letter at an axis's end. */
export function createAxisLetter(axis: AxisName): Mesh<PlaneGeometry, MeshBasicMaterial> {
  const material = overlay({ map: letterTexture(axis) });
  const letter = new Mesh(new PlaneGeometry(LETTER_SIDE, LETTER_SIDE), material);
  letter.position.setScalar(AXIS_CORNER);
  letter.position[axis] = AXIS_END + LETTER_SIDE / 2;
  return letter;
}

/** The faces of the cube that a region has a share in, cut to it: one for a face, three for a corner. */
export function highlightGeometry(region: CubeRegion): BufferGeometry {
  const positions: number[] = [];
  for (const axis of [0, 1, 2]) {
    if (region[axis] !== 0) positions.push(...faceShare(region, axis));
  }
  const geometry = new BufferGeometry();
  return geometry.setAttribute('position', new Float32BufferAttribute(positions, 3));
}

/** Two triangles, counter-clockwise seen from outside. */
function faceShare(region: CubeRegion, axis: number): number[] {
  const outwards = region[axis]!;
  const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
  const range = (at: number): readonly [number, number] => {
    const side = region[at]!;
    if (side === 0) return [-RIM, RIM];
    return side > 0 ? [RIM, LIFT] : [-LIFT, -RIM];
  };
  const [u0, u1] = range(u);
  const [v0, v1] = range(v);
  const corner = (a: number, b: number): number[] => {
    const point = [0, 0, 0];
    point[axis] = outwards * LIFT;
    point[u] = a;
    point[v] = b;
    return point;
  };
  const square = [corner(u0, v0), corner(u1, v0), corner(u1, v1), corner(u0, v1)];
  const order = outwards > 0 ? [0, 1, 2, 0, 2, 3] : [0, 2, 1, 0, 3, 2];
  return order.flatMap((at) => square[at]!);
}

function faceTexture(name: (typeof FACES)[number]): Texture {
  return canvasTexture(TEXTURE_SIDE, TEXTURE_SIDE, (context) => {
    context.fillStyle = FACE_COLORS[name];
    context.fillRect(0, 0, TEXTURE_SIDE, TEXTURE_SIDE);
    context.strokeStyle = BORDER;
    context.lineWidth = 5;
    context.strokeRect(0, 0, TEXTURE_SIDE, TEXTURE_SIDE);
    drawCentred(context, name.toUpperCase(), INK);
  });
}

function letterTexture(axis: AxisName): Texture {
  return canvasTexture(64, 64, (context) => {
    context.scale(1.3, 1.3);
    drawCentred(context, axis.toUpperCase(), AXIS_COLORS[axis], 64 / 1.3);
  });
}

function drawCentred(
  context: OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D,
  text: string,
  color: string,
  side = TEXTURE_SIDE,
): void {
  context.fillStyle = color;
  context.font = FONT;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, side / 2, side / 2 + 3, side * 0.86);
}
