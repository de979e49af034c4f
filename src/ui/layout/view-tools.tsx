import { Box, Cuboid, Eye, Focus, Grid3x3, Maximize, Plane } from 'lucide-react';
import { useStore } from 'zustand';
import type { Editor } from '../../editor/editor.ts';
import { actionEntry } from '../action-entry.ts';
import { useEditor } from '../editor-context.tsx';
import { IconButton } from '../primitives/button.tsx';
import { Dropdown, type MenuEntry } from '../primitives/menu.tsx';
import { axisEntries, choices, shadingChoices } from '../viewport/view-entries.ts';
import styles from './view-tools.module.css';

const MICE = ['theta', 'blender', 'maya'].map((preset) => `view.mouse.${preset}`);

function entries(editor: Editor): readonly MenuEntry[] {
  return [
    { heading: 'Shading' },
    ...shadingChoices(editor),
    '-',
    { heading: 'Look from' },
    ...axisEntries(editor),
    '-',
    ...actionEntry(editor, 'view.frame', Focus),
    ...actionEntry(editor, 'view.frameAll', Maximize),
    ...actionEntry(editor, 'view.fly', Plane),
    ...actionEntry(editor, 'view.grid', Grid3x3),
    '-',
    { heading: 'Camera by' },
    ...choices(editor, MICE),
  ];
}

/** Below the view cube: the projection, and how the scene is shown. */
export function ViewTools() {
  const editor = useEditor();
  const parallel = useStore(editor.view, (state) => state.projection === 'parallel');
  const Icon = parallel ? Cuboid : Box;
  return (
    <div className={styles.tools}>
      <IconButton
        label={parallel ? 'Parallel view' : 'Perspective view'}
        hint={parallel ? 'Switch to perspective' : 'Switch to a view without perspective'}
        keys={editor.actions.shortcutOf('view.parallel')}
        aria-pressed={parallel}
        onClick={() => editor.actions.run('view.parallel')}
      >
        <Icon size={16} aria-hidden />
      </IconButton>
      <Dropdown entries={() => entries(editor)} align="end">
        <IconButton label="View options">
          <Eye size={16} aria-hidden />
        </IconButton>
      </Dropdown>
    </div>
  );
}
