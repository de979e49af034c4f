import { Color, DoubleSide, type Material, ShaderMaterial, type Texture, Vector3 } from 'three';
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

const GRID_VERTEX = /* glsl */ `
varying vec3 vWorld;
void main() {
  vec4 world = modelMatrix * vec4(position, 1.0);
  vWorld = world.xyz;
  gl_Position = projectionMatrix * viewMatrix * world;
}`;

const GRID_FRAGMENT = /* glsl */ `
uniform float cell;
uniform float fade;
uniform vec3 centre;
uniform float radius;
uniform vec3 minorColor;
uniform vec3 majorColor;
uniform vec3 across;
uniform vec3 along;
uniform vec3 acrossColor;
uniform vec3 alongColor;
varying vec3 vWorld;

float gridLines(vec2 point, vec2 slope, float size) {
  vec2 cells = slope / size;
  vec2 distance = abs(fract(point / size - 0.5) - 0.5) / cells;
  vec2 cover = clamp(${(GRID_LINE_WIDTH / 2 + 0.5).toFixed(2)} - distance, 0.0, 1.0);
  cover *= 1.0 - smoothstep(${(1 / GRID_CELL_PIXELS_CLEAR).toFixed(4)}, ${(1 / GRID_CELL_PIXELS_GONE).toFixed(4)}, cells);
  return max(cover.x, cover.y);
}

void main() {
  vec2 point = vec2(dot(vWorld, across), dot(vWorld, along));
  vec2 slope = fwidth(point);
  float fine = gridLines(point, slope, cell) * (1.0 - fade);
  float middle = gridLines(point, slope, cell * 10.0);
  float coarse = gridLines(point, slope, cell * 100.0);
  float minor = max(fine, middle) * ${GRID_MINOR_ALPHA.toFixed(3)};
  float major = max(middle * (1.0 - fade), coarse) * ${GRID_MAJOR_ALPHA.toFixed(3)};
  vec2 axis = clamp(${(GRID_AXIS_WIDTH / 2 + 0.5).toFixed(2)} - abs(point) / slope, 0.0, 1.0);
  vec3 color = mix(minorColor, majorColor, step(minor, major));
  float alpha = max(minor, major);
  color = mix(mix(color, acrossColor, axis.y), alongColor, axis.x);
  alpha = mix(alpha, ${GRID_AXIS_ALPHA.toFixed(3)}, max(axis.x, axis.y));
  float away = length(vWorld - centre) / radius;
  alpha *= pow(clamp(1.0 - away, 0.0, 1.0), 1.5);
  gl_FragColor = vec4(color, alpha);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`;

const SCREEN_VERTEX = /* glsl */ `
void main() {
  gl_Position = vec4(position.xy, 0.0, 1.0);
}`;

const OUTLINE_FRAGMENT = /* glsl */ `
uniform sampler2D mask;
uniform float width;

void main() {
  vec2 texel = 1.0 / vec2(textureSize(mask, 0));
  vec2 here = gl_FragCoord.xy * texel;
  float inside = texture2D(mask, here).a;
  vec4 border = vec4(0.0);
  for (int i = 0; i < ${OUTLINE_TAPS}; i++) {
    float angle = float(i) * ${((2 * Math.PI) / OUTLINE_TAPS).toFixed(6)};
    vec4 tap = texture2D(mask, here + vec2(cos(angle), sin(angle)) * texel * width);
    border = tap.a > border.a ? tap : border;
  }
  float alpha = clamp((border.a - inside) * ${(1 / OUTLINE_LEVEL_STEP).toFixed(1)}, 0.0, 1.0);
  if (alpha < 0.004) discard;
  gl_FragColor = vec4(border.rgb / max(border.a, 0.001), alpha);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`;

/** The materials for `WebGLRenderer`. */
export const webglShaders: ShaderKit = { grid, outline };

function grid(): GridMaterial {
  const uniforms = {
    cell: { value: 1 },
    fade: { value: 0 },
    centre: { value: new Vector3() },
    radius: { value: 1 },
    minorColor: { value: displayColor(PALETTE.gridMinor) },
    majorColor: { value: displayColor(PALETTE.gridMajor) },
    across: { value: new Vector3() },
    along: { value: new Vector3() },
    acrossColor: { value: new Color() },
    alongColor: { value: new Color() },
  } satisfies Record<string, { value: number | Vector3 | Color }>;
  const material = new ShaderMaterial({
    uniforms,
    vertexShader: GRID_VERTEX,
    fragmentShader: GRID_FRAGMENT,
    transparent: true,
    depthWrite: false,
    side: DoubleSide,
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 1,
  });
  return {
    material,
    update(view) {
      uniforms.cell.value = view.cell;
      uniforms.fade.value = view.fade;
      uniforms.across.value.copy(view.across);
      uniforms.along.value.copy(view.along);
      uniforms.acrossColor.value.copy(view.acrossColor);
      uniforms.alongColor.value.copy(view.alongColor);
      uniforms.centre.value.copy(view.centre);
      uniforms.radius.value = view.radius;
    },
  };
}

function outline(mask: Texture, width: number): Material {
  return new ShaderMaterial({
    uniforms: { mask: { value: mask }, width: { value: width } },
    vertexShader: SCREEN_VERTEX,
    fragmentShader: OUTLINE_FRAGMENT,
    transparent: true,
    depthTest: false,
    depthWrite: false,
  });
}
