import { ImagePlus, X } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { useEditor } from '../editor-context.tsx';
import { TexturePicture } from '../materials/texture-picture.tsx';
import { Button, IconButton } from '../primitives/button.tsx';
import { classNames } from '../primitives/class-names.ts';
import { Popover } from '../primitives/popover.tsx';
import { isMixed, plainValue } from './field-elements.ts';
import { type ControlProps, FieldFrame } from './field-frame.tsx';
import styles from './texture-row.module.css';

const ACCEPTED_IMAGES = 'image/png,image/jpeg,image/webp';

/** A map of a material: its picture, which opens a choice of images; or an image dropped on it. */
export function TextureRow(props: ControlProps) {
  const { component, field, readOnly } = props;
  const editor = useEditor();
  const [over, setOver] = useState(false);
  const digest = plainValue(field, 'string') ?? '';
  const name = useTextureName(digest);
  const shown = isMixed(field.value) ? 'Mixed' : name;
  const add = (file: File) => void editor.materials.importTexture(component, field.name, file);
  const drop = {
    onDragOver: (event: DragEvent) => {
      if (readOnly || !event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      event.stopPropagation();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false);
      const [file] = event.dataTransfer.files;
      if (readOnly || !file) return;
      event.preventDefault();
      event.stopPropagation();
      add(file);
    },
  };
  const slot = (
    <button
      type="button"
      className={styles.slot}
      aria-label={`${field.label}: ${shown}`}
      disabled={readOnly}
    >
      {digest === '' ? (
        <span className={styles.empty}>
          <ImagePlus size={13} aria-hidden />
        </span>
      ) : (
        <TexturePicture digest={digest} className={styles.thumbnail} />
      )}
      <span className={styles.name}>{shown}</span>
    </button>
  );
  return (
    <FieldFrame {...props}>
      <div className={classNames(styles.drop, over && styles.over)} {...drop}>
        <Popover trigger={slot} label={field.label} align="end" className={styles.panel}>
          <TextureChoice
            chosen={digest}
            onChoose={(choice) => editor.setField(component, field.name, choice)}
            onFile={add}
          />
        </Popover>
      </div>
    </FieldFrame>
  );
}

function useTextureName(digest: string): string {
  const editor = useEditor();
  if (digest === '') return 'None';
  const known = editor.materials.textures().find((texture) => texture.digest === digest);
  return known?.name ?? 'Image';
}

interface TextureChoiceProps {
  readonly chosen: string;
  readonly onChoose: (digest: string) => void;
  readonly onFile: (file: File) => void;
}

/** The images of the scene, and a file from outside. */
function TextureChoice({ chosen, onChoose, onFile }: TextureChoiceProps) {
  const input = useRef<HTMLInputElement>(null);
  const textures = useEditor().materials.textures();
  return (
    <>
      {textures.length === 0 ? (
        <p className={styles.hint}>No images in the scene yet.</p>
      ) : (
        <div className={styles.grid}>
          {textures.map(({ digest, name }) => (
            <button
              key={digest}
              type="button"
              className={styles.tile}
              aria-label={name}
              aria-pressed={digest === chosen}
              title={name}
              onClick={() => onChoose(digest)}
            >
              <TexturePicture digest={digest} className={styles.tilePicture} />
            </button>
          ))}
        </div>
      )}
      <div className={styles.actions}>
        <Button look="secondary" onClick={() => input.current?.click()}>
          <ImagePlus size={14} aria-hidden />
          Choose a file…
        </Button>
        {chosen !== '' && (
          <IconButton label="No image" onClick={() => onChoose('')}>
            <X size={14} aria-hidden />
          </IconButton>
        )}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept={ACCEPTED_IMAGES}
        aria-label="Image file"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // So that the same file can be chosen again.
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}
