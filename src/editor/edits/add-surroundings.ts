import type { Component } from '../../ecs/component.ts';
import { Environment, Fog } from '../../ecs/components/index.ts';
import type { Entity } from '../../ecs/entity.ts';
import { addObject, focusOf } from './add-object.ts';
import { type EditContext, mayEdit } from './edit-context.ts';

/** Where a camera stands that nobody looked through a viewport for; metres above what is looked at. */
const CAMERA_HEIGHT = 1.6;
const CAMERA_DISTANCE = 6;

/** Makes a camera that sees what the viewport shows, and selects it. */
export function addCamera(context: EditContext): void {
  const viewpoint = context.viewport()?.viewpoint();
  const [x, , z] = focusOf(context);
  addObject(context, 'Camera', {
    transform: {
      position: viewpoint?.position ?? [x, CAMERA_HEIGHT, z + CAMERA_DISTANCE],
      ...(viewpoint && { rotation: viewpoint.rotation }),
    },
    camera: viewpoint === undefined ? {} : viewpoint.lens,
  });
}

/** Puts a camera where the viewport looks from; one undo step. */
export function alignCamera(context: EditContext, camera: Entity): void {
  const { scene, issuer } = context;
  const viewpoint = context.viewport()?.viewpoint();
  if (viewpoint === undefined || scene.isLocked(camera) || !mayEdit(context)) return;
  const pose = scene.poseInParent(camera, viewpoint.position, viewpoint.rotation);
  if (pose === undefined) return;
  const entity = scene.document.idOf(camera);
  issuer.transaction(`Align ${scene.nameOf(camera)} to the view`, (tx) => {
    tx.execute('transform.set', { entity, ...pose });
    tx.execute('component.set', { entity, component: 'camera', value: viewpoint.lens });
  });
}

/** Makes an environment, or selects the visible one: a scene has but one at a time. */
export function addEnvironment(context: EditContext): void {
  if (!selectExisting(context, Environment)) {
    addObject(context, 'Environment', { environment: {} });
  }
}

/** Makes fog, or selects the visible one. */
export function addFog(context: EditContext): void {
  if (!selectExisting(context, Fog)) addObject(context, 'Fog', { fog: {} });
}

function selectExisting(
  { scene, selection, outliner }: EditContext,
  component: Component,
): boolean {
  const existing = outliner
    .entities()
    .find((each) => scene.document.world.has(each, component) && !scene.isHidden(each));
  if (existing !== undefined) selection.select([existing]);
  return existing !== undefined;
}
