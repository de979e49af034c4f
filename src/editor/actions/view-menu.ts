import { NO_ENTITY } from '../../ecs/entity.ts';
import type { Editor, Vec3, ViewportPort } from '../editor.ts';
import type { Action } from './action.ts';

/** What a right click on the view does, by keys: at what is selected, else at what one looks at. */
export function viewMenuAction(editor: Editor, viewport: () => ViewportPort | undefined): Action {
  return {
    id: 'view.menu',
    label: 'Menu of the view',
    group: 'View',
    icon: 'square-menu',
    keys: ['Shift+F10', 'ContextMenu'],
    enabled: () => viewport() !== undefined,
    run: () => {
      const view = viewport();
      const { entities, active } = editor.selection.getState();
      const box = entities.length > 0 ? view?.boundsOf(entities) : undefined;
      const place = box === undefined ? view?.focus() : middle(box.min, box.max);
      const at = place && view?.screenOf(place);
      editor.openMenu(at ?? { x: 0, y: 0 }, entities.length > 0 ? active : NO_ENTITY);
    },
  };
}

function middle(a: Vec3, b: Vec3): Vec3 {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];
}
