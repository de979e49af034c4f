import { DirectionalLight, type Light, PointLight, type Sphere, SpotLight, Vector3 } from 'three';

/** Texels a side; of a point light's six sides each. */
const MAP_SIZE = 2048;
const POINT_MAP_SIZE = 1024;
const SOFTNESS_TEXELS = 2.5;
const NEAREST_METRES = 0.05;
const FARTHEST_METRES = 200;
/** Widest scene whose shadows one map holds; in a wider one they fall around what is looked at. */
const LARGEST_RADIUS = 60;
const LEAST_RADIUS = 1;
/** Fitted circles are rounded up, so that small changes leave the map's texels where they are. */
const ROUNDING = 1.25;
/** A surface is lifted off its own shadow by so many texels. */
const LIFT_TEXELS = 2.5;
const SPOT_LIFT = 0.03;

type Shadowed = DirectionalLight | SpotLight | PointLight;

export function castsShadow(light: Light): light is Shadowed {
  return (
    light instanceof DirectionalLight || light instanceof SpotLight || light instanceof PointLight
  );
}

/** Switches a light's shadow on or off; its map is drawn when `redrawShadow` asks for it. */
export function setShadow(light: Shadowed, casts: boolean): void {
  if (light.castShadow === casts) return;
  light.castShadow = casts;
  const { shadow } = light;
  if (!casts) {
    shadow.map?.dispose();
    shadow.map = null;
    return;
  }
  const size = light instanceof PointLight ? POINT_MAP_SIZE : MAP_SIZE;
  shadow.mapSize.set(size, size);
  shadow.radius = SOFTNESS_TEXELS;
  shadow.normalBias = SPOT_LIFT;
  shadow.bias = light instanceof DirectionalLight ? -0.0002 : -0.0006;
  shadow.autoUpdate = false;
  shadow.needsUpdate = true;
  if (light instanceof DirectionalLight) return;
  shadow.camera.near = NEAREST_METRES;
  shadow.camera.far = light.distance || FARTHEST_METRES;
  shadow.camera.updateProjectionMatrix();
}

/** To be called when something moved that the light may fall on. */
export function redrawShadow(light: Light): void {
  if (light.castShadow && castsShadow(light)) light.shadow.needsUpdate = true;
}

const direction = new Vector3();

/**
 * Lets the shadow of a directional light reach all of the scene, and no farther: the light moves
 * back along its direction, which changes nothing else. `focus` is what the camera looks at.
 */
export function fitShadow(light: DirectionalLight, scene: Sphere, focus: Vector3): void {
  direction.subVectors(light.target.position, light.position).normalize();
  const wide = scene.radius > LARGEST_RADIUS;
  const radius = roundedUp(Math.min(LARGEST_RADIUS, Math.max(LEAST_RADIUS, scene.radius)));
  const { target, shadow } = light;
  if (wide)
    target.position
      .copy(focus)
      .divideScalar(radius / 4)
      .round()
      .multiplyScalar(radius / 4);
  else target.position.copy(scene.center);
  light.position.copy(target.position).addScaledVector(direction, -2 * radius);
  const { camera } = shadow;
  shadow.normalBias = ((2 * radius) / MAP_SIZE) * LIFT_TEXELS;
  if (camera.right === radius) return;
  camera.left = camera.bottom = -radius;
  camera.right = camera.top = radius;
  camera.near = 0;
  camera.far = 4 * radius;
  camera.updateProjectionMatrix();
  shadow.needsUpdate = true;
}

function roundedUp(radius: number): number {
  return ROUNDING ** Math.ceil(Math.log(radius) / Math.log(ROUNDING));
}
