import { PackagePlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useEditor, useMayEdit } from '../editor-context.tsx';
import { isModelFile } from './accepted-files.ts';
import styles from './drop-overlay.module.css';

/** Takes files dropped anywhere on the page, and says so while they are held over it. */
export function DropOverlay({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const [over, setOver] = useState(false);

  useEffect(() => {
    const accept = (files: readonly File[]) => {
      if (!mayEdit)
        editor.notify({
          kind: 'info',
          text: 'You are viewing: ask for an editor link to add files.',
        });
      else if (files.some((file) => isModelFile(file.name))) onFiles(files);
      else editor.notify({ kind: 'error', text: unreadable(files) });
    };
    return listenForFiles(window, setOver, accept);
  }, [editor, mayEdit, onFiles]);

  if (!over) return null;
  return (
    <div className={styles.overlay}>
      <div className={styles.frame}>
        <PackagePlus size={32} strokeWidth={1.5} aria-hidden />
        <p className={styles.title}>
          {mayEdit ? 'Drop to add to the scene' : 'Viewers cannot add files'}
        </p>
        {mayEdit && (
          <p className={styles.types}>.glb, .gltf, .obj with their files, .stl, .ply or .theta</p>
        )}
      </div>
    </div>
  );
}

function unreadable(files: readonly File[]): string {
  const name = files.length === 1 ? `“${files[0]?.name}” is` : 'These files are';
  return `${name} nothing that can be read here. Drop a .glb, .gltf, .obj, .stl, .ply or .theta file.`;
}

/** Follows drags of files over a window, and keeps the browser from opening them. */
function listenForFiles(
  target: Window,
  onOver: (over: boolean) => void,
  onDrop: (files: readonly File[]) => void,
): () => void {
  const listening = new AbortController();
  const options = { signal: listening.signal };
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  target.addEventListener(
    'dragover',
    (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      onOver(true);
    },
    options,
  );
  target.addEventListener(
    'dragleave',
    (event) => {
      // Leaving for an element of the page names it; leaving the window names none.
      if (event.relatedTarget === null) onOver(false);
    },
    options,
  );
  target.addEventListener(
    'drop',
    (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      onOver(false);
      onDrop([...(event.dataTransfer?.files ?? [])]);
    },
    options,
  );
  return () => listening.abort();
}
