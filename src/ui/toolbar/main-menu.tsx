import {
  FileInput,
  FileOutput,
  Home,
  Keyboard,
  Search,
  Settings,
  Signpost,
  SquareTerminal,
} from 'lucide-react';
import { actionEntry } from '../action-entry.ts';
import { TOGGLE_CONSOLE } from '../console/console-toggle.tsx';
import { useEditor } from '../editor-context.tsx';
import { EXPORT } from '../files/export-dialog.tsx';
import { Mark } from '../mark.tsx';
import { Dropdown } from '../primitives/menu.tsx';
import { SHOW_SETTINGS, SHOW_TOUR } from '../settings/settings-dialog.tsx';
import { SHOW_SHORTCUTS } from '../settings/shortcuts-dialog.tsx';
import styles from './toolbar.module.css';

/** What is about the whole editor: a menu behind the mark. */
export function MainMenu() {
  const editor = useEditor();
  return (
    <Dropdown
      entries={() => [
        ...actionEntry(editor, 'file.import', FileInput),
        ...actionEntry(editor, EXPORT, FileOutput),
        '-',
        ...actionEntry(editor, 'view.palette', Search),
        ...actionEntry(editor, TOGGLE_CONSOLE, SquareTerminal),
        ...actionEntry(editor, SHOW_SHORTCUTS, Keyboard),
        ...actionEntry(editor, SHOW_SETTINGS, Settings),
        ...actionEntry(editor, SHOW_TOUR, Signpost),
        '-',
        {
          id: 'start',
          label: 'Start page',
          icon: Home,
          run: () => location.assign('/'),
        },
      ]}
    >
      <button type="button" className={styles.main} aria-label="Theta menu">
        <Mark className={styles.mark} />
      </button>
    </Dropdown>
  );
}
