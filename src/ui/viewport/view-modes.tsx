import { Scan, Video, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { NO_ENTITY } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { Button } from '../primitives/button.tsx';
import { Keys } from '../primitives/keys.tsx';
import { counted } from '../wording.ts';
import styles from './viewport-overlays.module.css';

/** Says that the view shows less than all, or from another's eye, and ends it. */
export function ViewModes() {
  const editor = useEditor();
  const camera = useStore(editor.view, (state) => state.camera);
  const isolated = useStore(editor.view, (state) => state.isolated.length);
  if (camera === NO_ENTITY && isolated === 0) return null;
  return (
    <div className={styles.modes} role="status">
      {camera !== NO_ENTITY && (
        <Mode
          icon={<Video size={13} aria-hidden />}
          text="Looking through the camera"
          end="Leave"
          keys={editor.actions.shortcutOf('camera.lookThrough')}
          onEnd={() => editor.setView({ camera: NO_ENTITY })}
        />
      )}
      {isolated > 0 && (
        <Mode
          icon={<Scan size={13} aria-hidden />}
          text={`${counted(isolated, 'object')} isolated`}
          end="Show all"
          keys={editor.actions.shortcutOf('view.isolate')}
          onEnd={() => editor.setView({ isolated: [] })}
        />
      )}
    </div>
  );
}

interface ModeProps {
  readonly icon: ReactNode;
  readonly text: string;
  readonly end: string;
  readonly keys: string;
  readonly onEnd: () => void;
}

function Mode({ icon, text, end, keys, onEnd }: ModeProps) {
  return (
    <div className={styles.mode}>
      {icon}
      {text}
      <Button className={styles.end} onClick={onEnd}>
        <X size={12} aria-hidden />
        {end}
        <Keys keys={keys} />
      </Button>
    </div>
  );
}
