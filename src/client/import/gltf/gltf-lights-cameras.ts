import type { Input } from '../../../ecs/component.ts';
import { Camera, Light } from '../../../ecs/components/index.ts';
import { fitComponent } from '../fit-component.ts';
import type { ImportRun } from '../import-run.ts';
import type { Gltf, GltfCamera, GltfLight, GltfNode } from './gltf-schema.ts';

const DEGREES = 180 / Math.PI;
const DEFAULT_FAR_METRES = 1000;

/** A node's KHR_lights_punctual light. Both look along −z, in candela or lux. */
export function readLight(
  gltf: Gltf,
  node: GltfNode,
  run: ImportRun,
): Input<typeof Light> | undefined {
  const index = node.extensions?.KHR_lights_punctual?.light;
  if (index === undefined) return undefined;
  const light = gltf.extensions?.KHR_lights_punctual?.lights[index];
  if (light === undefined) {
    throw run.fault('out_of_range', `refers to light ${index}, which it does not have`);
  }
  return fitComponent(Light, lightValues(light), `Light "${light.name || index}"`, run);
}

function lightValues(light: GltfLight): Input<typeof Light> {
  const values = {
    kind: light.type,
    color: [...light.color, 1],
    intensity: light.intensity,
    range: light.range ?? 0,
  };
  if (light.type !== 'spot') return values;
  const { innerConeAngle = 0, outerConeAngle = Math.PI / 4 } = light.spot ?? {};
  const penumbra = outerConeAngle > 0 ? 1 - Math.min(1, innerConeAngle / outerConeAngle) : 0;
  return { ...values, angle: outerConeAngle, penumbra };
}

/** A node's camera. Both look along −z. */
export function readCamera(
  gltf: Gltf,
  node: GltfNode,
  run: ImportRun,
): Input<typeof Camera> | undefined {
  if (node.camera === undefined) return undefined;
  const camera = gltf.cameras[node.camera];
  if (camera === undefined) {
    throw run.fault('out_of_range', `refers to camera ${node.camera}, which it does not have`);
  }
  const label = `Camera "${camera.name || node.camera}"`;
  return fitComponent(Camera, cameraValues(camera), label, run);
}

function cameraValues({ perspective, orthographic }: GltfCamera): Input<typeof Camera> {
  if (orthographic !== undefined) {
    const { ymag, znear, zfar } = orthographic;
    return { kind: 'orthographic', size: Math.abs(ymag) * 2, near: znear, far: zfar };
  }
  if (perspective === undefined) return { kind: 'perspective' };
  const { yfov, znear, zfar = Math.max(DEFAULT_FAR_METRES, 2 * znear) } = perspective;
  return { kind: 'perspective', fov: yfov * DEGREES, near: znear, far: zfar };
}
