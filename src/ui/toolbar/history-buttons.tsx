import { Redo2, Undo2 } from 'lucide-react';
import { useStore } from 'zustand';
import { useEditor } from '../editor-context.tsx';
import { IconButton } from '../primitives/button.tsx';

/** Undo and redo, with what they would take back or bring again. */
export function HistoryButtons() {
  const editor = useEditor();
  const { canUndo, canRedo, undoLabel, redoLabel } = useStore(editor.history, (state) => state);
  return (
    <>
      <IconButton
        label="Undo"
        hint={undoLabel}
        keys={editor.actions.shortcutOf('edit.undo')}
        disabled={!canUndo}
        onClick={() => editor.undo()}
      >
        <Undo2 size={16} aria-hidden />
      </IconButton>
      <IconButton
        label="Redo"
        hint={redoLabel}
        keys={editor.actions.shortcutOf('edit.redo')}
        disabled={!canRedo}
        onClick={() => editor.redo()}
      >
        <Redo2 size={16} aria-hidden />
      </IconButton>
    </>
  );
}
