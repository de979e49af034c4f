import { ScanEye, Video } from 'lucide-react';
import { useStore } from 'zustand';
import { useEditor } from '../editor-context.tsx';
import { IconButton } from '../primitives/button.tsx';
import styles from './viewport-overlays.module.css';

/** The frame round the picture of the selected camera, which the renderer draws in this corner. */
export function CameraShot() {
  const editor = useEditor();
  const { active, shown, name } = useShownCamera();
  if (!shown) return null;
  const { actions } = editor;
  return (
    <section className={styles.shot} aria-label={`What ${name} sees`} key={active}>
      <span className={styles.shotName}>
        <Video size={12} aria-hidden />
        {name}
      </span>
      <span className={styles.shotActions}>
        <IconButton
          label="Align to the view"
          hint="The camera goes to where you look from"
          size="iconSmall"
          keys={actions.shortcutOf('camera.align')}
          disabled={!actions.get('camera.align')?.enabled()}
          onClick={() => actions.run('camera.align')}
        >
          <ScanEye size={14} aria-hidden />
        </IconButton>
        <IconButton
          label="Look through"
          size="iconSmall"
          keys={actions.shortcutOf('camera.lookThrough')}
          onClick={() => actions.run('camera.lookThrough')}
        >
          <Video size={14} aria-hidden />
        </IconButton>
      </span>
    </section>
  );
}

/** The active object when it is a camera that one does not look through already. */
function useShownCamera() {
  const editor = useEditor();
  const active = useStore(editor.selection, (state) => state.active);
  const camera = useStore(editor.view, (state) => state.camera);
  const { count, name, sections } = useStore(editor.inspector, (state) => state);
  const isCamera = count === 1 && sections.some(({ component }) => component === 'camera');
  return {
    active,
    shown: isCamera && active !== camera,
    name: typeof name === 'string' ? name : '',
  };
}
