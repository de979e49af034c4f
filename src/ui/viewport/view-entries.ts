import { Circle, CircleCheck, Cuboid } from 'lucide-react';
import type { Editor } from '../../editor/editor.ts';
import { actionEntry } from '../action-entry.ts';
import type { MenuEntry } from '../primitives/menu.tsx';

const SHADINGS = ['view.lit', 'view.material', 'view.wireframe'];
const AXES = ['front', 'back', 'right', 'left', 'top', 'bottom'].map((axis) => `view.${axis}`);

/** A line for each of some actions of which one is on. */
export function choices(editor: Editor, ids: readonly string[]): readonly MenuEntry[] {
  return ids.flatMap((id) => {
    const on = editor.actions.get(id)?.checked?.() === true;
    return actionEntry(editor, id, on ? CircleCheck : Circle);
  });
}

/** How the scene is shown. */
export function shadingChoices(editor: Editor): readonly MenuEntry[] {
  return choices(editor, SHADINGS);
}

/** Where to look from. */
export function axisEntries(editor: Editor): readonly MenuEntry[] {
  return AXES.flatMap((id) => actionEntry(editor, id, Cuboid));
}
