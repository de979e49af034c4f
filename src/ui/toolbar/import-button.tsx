import { FileInput } from 'lucide-react';
import { useRef } from 'react';
import { useEditor, useMayEdit } from '../editor-context.tsx';
import { ACCEPTED_FILES } from '../files/accepted-files.ts';
import { IconButton } from '../primitives/button.tsx';

/** Asks for model files. */
export function ImportButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        label="Import a model"
        hint="glTF or OBJ; or drop files on the view"
        keys={editor.actions.shortcutOf('file.import')}
        disabled={!mayEdit}
        onClick={() => input.current?.click()}
      >
        <FileInput size={16} aria-hidden />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPTED_FILES}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // So that the same file can be chosen again.
          event.target.value = '';
        }}
      />
    </>
  );
}
