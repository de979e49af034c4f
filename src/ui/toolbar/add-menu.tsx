import { ChevronDown, Plus } from 'lucide-react';
import { useEditor, useMayEdit } from '../editor-context.tsx';
import { Button } from '../primitives/button.tsx';
import { Dropdown } from '../primitives/menu.tsx';
import { addEntries } from './add-entries.ts';

/** Shapes, lights and groups to add. */
export function AddMenu() {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  return (
    <Dropdown entries={() => addEntries(editor)}>
      <Button data-tour="add" disabled={!mayEdit}>
        <Plus size={16} aria-hidden />
        Add
        <ChevronDown size={12} aria-hidden />
      </Button>
    </Dropdown>
  );
}
