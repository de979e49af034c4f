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
import type { Primitive } from '../../ecs/components/index.ts';

export type PrimitiveValue = Plain<typeof Primitive>;

const QUARTER_TURN = Math.PI / 2;
/** Rings of a sphere from pole to pole, and segments of a torus's tube, for each segment around. */
const RINGS_PER_SEGMENT = 0.5;
const LEAST_RINGS = 2;
const LEAST_TUBE_SEGMENTS = 3;

/** Only the parameters that shape this kind: equal keys mean equal geometry. */
export function primitiveKey(value: PrimitiveValue): string {
  const { kind, width, height, depth, radius, tube, segments } = value;
  switch (kind) {
    case 'box':
      return `box:${width}:${height}:${depth}`;
    case 'plane':
      return `plane:${width}:${depth}`;
    case 'sphere':
      return `sphere:${radius}:${segments}`;
    case 'cylinder':
    case 'cone':
      return `${kind}:${radius}:${height}:${segments}`;
    case 'torus':
      return `torus:${radius}:${tube}:${segments}`;
  }
}

/** The shape, centred on its origin; a plane and a torus lie flat, facing up (+y). The caller disposes. */
export function primitiveGeometry(value: PrimitiveValue): BufferGeometry {
  const { width, height, depth, radius, tube, segments } = value;
  const rings = Math.max(LEAST_RINGS, Math.round(segments * RINGS_PER_SEGMENT));
  switch (value.kind) {
    case 'box':
      return new BoxGeometry(width, height, depth);
    case 'plane':
      return new PlaneGeometry(width, depth).rotateX(-QUARTER_TURN);
    case 'sphere':
      return new SphereGeometry(radius, segments, rings);
    case 'cylinder':
      return new CylinderGeometry(radius, radius, height, segments);
    case 'cone':
      return new ConeGeometry(radius, height, segments);
    case 'torus': {
      const around = Math.max(LEAST_TUBE_SEGMENTS, rings);
      return new TorusGeometry(radius, tube, around, segments).rotateX(-QUARTER_TURN);
    }
  }
}
