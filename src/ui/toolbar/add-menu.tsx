import { ChevronDown, Folder, Lightbulb, Plus, Spotlight, Sun, SunDim } from 'lucide-react';
import type { Editor, LightKind, PrimitiveKind } from '../../editor/editor.ts';
import { useEditor, useMayEdit } from '../editor-context.tsx';
import { ENTITY_ICONS } from '../outliner/entity-icon.tsx';
import { Button } from '../primitives/button.tsx';
import { Dropdown, type MenuEntry } from '../primitives/menu.tsx';
import { sentenceCase } from '../wording.ts';

const PRIMITIVES: readonly PrimitiveKind[] = [
  'box',
  'sphere',
  'cylinder',
  'cone',
  'torus',
  'plane',
];

const LIGHTS: readonly { kind: LightKind; label: string; icon: typeof Sun }[] = [
  { kind: 'directional', label: 'Sun', icon: Sun },
  { kind: 'point', label: 'Point light', icon: Lightbulb },
  { kind: 'spot', label: 'Spot light', icon: Spotlight },
  { kind: 'ambient', label: 'Ambient light', icon: SunDim },
];

function addEntries(editor: Editor): readonly MenuEntry[] {
  const shapes = PRIMITIVES.map((kind) => ({
    id: kind,
    label: sentenceCase(kind),
    icon: ENTITY_ICONS[kind],
    keys: editor.actions.shortcutOf(`add.${kind}`),
    run: () => editor.addPrimitive(kind),
  }));
  const lights = LIGHTS.map(({ kind, label, icon }) => ({
    id: kind,
    label,
    icon,
    run: () => editor.addLight(kind),
  }));
  const group: MenuEntry = {
    id: 'group',
    label: 'Empty group',
    icon: Folder,
    run: () => editor.addGroup(),
  };
  return [{ heading: 'Shapes' }, ...shapes, '-', { heading: 'Lights' }, ...lights, '-', group];
}

/** Shapes, lights and groups to add. */
export function AddMenu() {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  return (
    <Dropdown entries={addEntries(editor)}>
      <Button disabled={!mayEdit}>
        <Plus size={16} aria-hidden />
        Add
        <ChevronDown size={12} aria-hidden />
      </Button>
    </Dropdown>
  );
}
