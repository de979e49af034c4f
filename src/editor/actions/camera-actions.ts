import { Camera } from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import type { Editor } from '../editor.ts';
import { alignCamera } from '../edits/add-surroundings.ts';
import type { EditContext } from '../edits/edit-context.ts';
import type { Action } from './action.ts';

/** Looking through the cameras of the scene, and at some of its objects alone. */
export function cameraActions(editor: Editor, edits: EditContext): Action[] {
  const { scene } = edits;
  const view = () => editor.view.getState();
  const selected = () => editor.selection.getState().entities;
  const isCamera = (entity: Entity) =>
    scene.isObject(entity) && scene.document.world.has(entity, Camera);
  /** The active camera, else the one that is looked through. */
  const camera = (): Entity => {
    const { active } = editor.selection.getState();
    return isCamera(active) ? active : view().camera;
  };
  return [
    {
      id: 'camera.lookThrough',
      label: 'Look through the camera',
      group: 'View',
      icon: 'video',
      keys: ['Numpad0', 'Shift+0'],
      enabled: () => isCamera(camera()),
      checked: () => view().camera !== NO_ENTITY,
      run: () => editor.setView({ camera: view().camera === camera() ? NO_ENTITY : camera() }),
    },
    {
      id: 'camera.align',
      label: 'Align the camera to the view',
      group: 'Edit',
      icon: 'scan-eye',
      keys: ['Mod+Shift+F'],
      enabled: () => edits.canEdit() && isCamera(camera()) && view().camera === NO_ENTITY,
      run: () => alignCamera(edits, camera()),
    },
    {
      id: 'view.isolate',
      label: 'Isolate',
      group: 'View',
      icon: 'scan',
      keys: ['/', 'NumpadDivide'],
      enabled: () => view().isolated.length > 0 || selected().length > 0,
      checked: () => view().isolated.length > 0,
      run: () => editor.setView({ isolated: view().isolated.length > 0 ? [] : selected() }),
    },
  ];
}
