import { FileInput } from 'lucide-react';
import { useRef } from 'react';
import { useMayEdit } from '../editor-context.tsx';
import { ACCEPTED_FILES } from '../files/accepted-files.ts';
import { IconButton } from '../primitives/button.tsx';
import { useAction, useShortcut } from '../use-action.ts';

/** Asks for model files. */
export function ImportButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const mayEdit = useMayEdit();
  const input = useRef<HTMLInputElement>(null);
  useAction({
    id: 'file.import',
    label: 'Import…',
    group: 'File',
    icon: 'file-input',
    keys: ['Mod+O'],
    enabled: () => mayEdit,
    run: () => input.current?.click(),
  });
  return (
    <>
      <IconButton
        label="Import a model"
        hint="glTF, OBJ, STL, PLY or a .theta scene; or drop files on the view"
        keys={useShortcut('file.import')}
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
