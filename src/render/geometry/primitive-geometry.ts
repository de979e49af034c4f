import {
  BoxGeometry,
  type BufferGeometry,
  ConeGeometry,
  CylinderGeometry,
  PlaneGeometry,
  SphereGeometry,
  TorusGeometry,
} from 'three';
import type { Plain } from '../../ecs/component.ts';
import { type Primitive, ShapeDetail } from '../../ecs/components/index.ts';

export type PrimitiveValue = Plain<typeof Primitive>;
export type DetailValue = Plain<typeof ShapeDetail>;

/** The detail of an entity that has none of its own. */
export const DEFAULT_DETAIL: DetailValue = Object.fromEntries(
  ShapeDetail.fields.map((field) => [field.name, field.default]),
) as DetailValue;

const QUARTER_TURN = Math.PI / 2;
/** Rings of a sphere from pole to pole, and segments of a torus's tube, for each segment around. */
const RINGS_PER_SEGMENT = 0.5;
const LEAST_RINGS = 2;
const LEAST_TUBE_SEGMENTS = 3;

/** Only the parameters that shape this kind: equal keys mean equal geometry. */
export function primitiveKey(value: PrimitiveValue, detail: DetailValue = DEFAULT_DETAIL): string {
  if (detail !== DEFAULT_DETAIL) return writeKey(value, detail);
  let key = plainKeys.get(value);
  if (key === undefined) {
    key = writeKey(value, detail);
    plainKeys.set(value, key);
  }
  return key;
}

/** Many have one value. */
const plainKeys = new WeakMap<PrimitiveValue, string>();

function writeKey(value: PrimitiveValue, detail: DetailValue): string {
  const { kind, width, height, depth, radius, tube, segments } = value;
  const { widthSegments, heightSegments, depthSegments, rings, topRadius, sweep, openEnded } =
    detail;
  switch (kind) {
    case 'box':
      return `box:${width}:${height}:${depth}:${widthSegments}:${heightSegments}:${depthSegments}`;
    case 'plane':
      return `plane:${width}:${depth}:${widthSegments}:${depthSegments}`;
    case 'sphere':
      return `sphere:${radius}:${segments}:${rings}:${sweep}`;
    case 'cylinder':
      return `cylinder:${radius}:${height}:${segments}:${heightSegments}:${topRadius}:${sweep}:${openEnded}`;
    case 'cone':
      return `cone:${radius}:${height}:${segments}:${heightSegments}:${sweep}:${openEnded}`;
    case 'torus':
      return `torus:${radius}:${tube}:${segments}:${rings}:${sweep}`;
  }
}

/** The shape, centred on its origin; a plane and a torus lie flat, facing up (+y). The caller disposes. */
export function primitiveGeometry(
  value: PrimitiveValue,
  detail: DetailValue = DEFAULT_DETAIL,
): BufferGeometry {
  const { width, height, depth, radius, tube, segments } = value;
  const { widthSegments, heightSegments, depthSegments, topRadius, sweep, openEnded } = detail;
  const rings = detail.rings || Math.round(segments * RINGS_PER_SEGMENT);
  switch (value.kind) {
    case 'box':
      return new BoxGeometry(width, height, depth, widthSegments, heightSegments, depthSegments);
    case 'plane':
      return new PlaneGeometry(width, depth, widthSegments, depthSegments).rotateX(-QUARTER_TURN);
    case 'sphere':
      return new SphereGeometry(radius, segments, Math.max(LEAST_RINGS, rings), 0, sweep);
    case 'cylinder': {
      const top = radius * topRadius;
      return new CylinderGeometry(
        top,
        radius,
        height,
        segments,
        heightSegments,
        openEnded,
        0,
        sweep,
      );
    }
    case 'cone':
      return new ConeGeometry(radius, height, segments, heightSegments, openEnded, 0, sweep);
    case 'torus': {
      const around = Math.max(LEAST_TUBE_SEGMENTS, rings);
      return new TorusGeometry(radius, tube, around, segments, sweep).rotateX(-QUARTER_TURN);
    }
  }
}
