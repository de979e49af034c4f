import {
  abs,
  clamp,
  cos,
  Discard,
  dot,
  Fn,
  float,
  fract,
  fwidth,
  int,
  Loop,
  length,
  max,
  mix,
  positionGeometry,
  positionWorld,
  pow,
  screenSize,
  screenUV,
  select,
  sin,
  smoothstep,
  step,
  texture,
  uniform,
  vec2,
  vec4,
} from 'three/tsl';
import {
  Color,
  DoubleSide,
  type Material,
  MeshBasicNodeMaterial,
  type Node,
  type Texture,
  Vector3,
} from 'three/webgpu';
import { displayColor } from '../neutral-tone.ts';
import { PALETTE } from '../palette.ts';
import {
  GRID_AXIS_ALPHA,
  GRID_AXIS_WIDTH,
  GRID_CELL_PIXELS_CLEAR,
  GRID_CELL_PIXELS_GONE,
  GRID_LINE_WIDTH,
  GRID_MAJOR_ALPHA,
  GRID_MINOR_ALPHA,
  type GridMaterial,
  OUTLINE_LEVEL_STEP,
  OUTLINE_TAPS,
  type ShaderKit,
} from './shader-kit.ts';

/** The materials for `WebGPURenderer`; line for line what `webgl-shaders.ts` says in GLSL. */
export const webgpuShaders: ShaderKit = { grid, outline };

function gridLines(point: Node<'vec2'>, slope: Node<'vec2'>, size: Node<'float'>): Node<'float'> {
  const cells = slope.div(size);
  const distance = abs(fract(point.div(size).sub(0.5)).sub(0.5)).div(cells);
  const cover = clamp(float(GRID_LINE_WIDTH / 2 + 0.5).sub(distance), 0, 1);
  const gone = smoothstep(1 / GRID_CELL_PIXELS_CLEAR, 1 / GRID_CELL_PIXELS_GONE, cells);
  const faded = cover.mul(gone.oneMinus());
  return max(faded.x, faded.y);
}

function grid(): GridMaterial {
  const cell = uniform(1);
  const fade = uniform(0);
  const centre = uniform(new Vector3());
  const radius = uniform(1);
  const across = uniform(new Vector3());
  const along = uniform(new Vector3());
  const acrossColor = uniform(new Color());
  const alongColor = uniform(new Color());
  const minorColor = uniform(displayColor(PALETTE.gridMinor));
  const majorColor = uniform(displayColor(PALETTE.gridMajor));
  const paint = Fn(() => {
    const point = vec2(dot(positionWorld, across), dot(positionWorld, along));
    const slope = fwidth(point);
    const fine = gridLines(point, slope, cell).mul(fade.oneMinus());
    const middle = gridLines(point, slope, cell.mul(10));
    const coarse = gridLines(point, slope, cell.mul(100));
    const minor = max(fine, middle).mul(GRID_MINOR_ALPHA);
    const major = max(middle.mul(fade.oneMinus()), coarse).mul(GRID_MAJOR_ALPHA);
    const axis = clamp(float(GRID_AXIS_WIDTH / 2 + 0.5).sub(abs(point).div(slope)), 0, 1);
    const line = mix(minorColor, majorColor, step(minor, major));
    const color = mix(mix(line, acrossColor, axis.y), alongColor, axis.x);
    const covered = mix(max(minor, major), GRID_AXIS_ALPHA, max(axis.x, axis.y));
    const away = length(positionWorld.sub(centre)).div(radius);
    const alpha = covered.mul(pow(clamp(away.oneMinus(), 0, 1), 1.5));
    return vec4(color, alpha);
  });
  const material = new MeshBasicNodeMaterial({
    transparent: true,
    depthWrite: false,
    side: DoubleSide,
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 1,
  });
  const painted = paint();
  material.colorNode = painted.rgb;
  material.opacityNode = painted.a;
  return {
    material,
    update(view) {
      cell.value = view.cell;
      fade.value = view.fade;
      across.value.copy(view.across);
      along.value.copy(view.along);
      acrossColor.value.copy(view.acrossColor);
      alongColor.value.copy(view.alongColor);
      centre.value.copy(view.centre);
      radius.value = view.radius;
    },
  };
}

function outline(mask: Texture, width: number): Material {
  const paint = Fn(() => {
    const texel = vec2(1).div(screenSize);
    const here = screenUV;
    const inside = texture(mask, here).a;
    const border = vec4(0).toVar();
    Loop(OUTLINE_TAPS, ({ i }) => {
      const angle = float(i).mul((2 * Math.PI) / OUTLINE_TAPS);
      const offset = vec2(cos(angle), sin(angle)).mul(texel).mul(width);
      const tap = texture(mask, here.add(offset)).level(int(0));
      border.assign(select(tap.a.greaterThan(border.a), tap, border));
    });
    const alpha = clamp(border.a.sub(inside).mul(1 / OUTLINE_LEVEL_STEP), 0, 1);
    Discard(alpha.lessThan(0.004));
    return vec4(border.rgb.div(max(border.a, 0.001)), alpha);
  });
  const material = new MeshBasicNodeMaterial({
    transparent: true,
    depthTest: false,
    depthWrite: false,
  });
  material.vertexNode = vec4(positionGeometry.xy, 0, 1);
  material.fragmentNode = paint();
  return material;
}
