import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useEditor } from '../editor-context.tsx';
import { Button } from '../primitives/button.tsx';
import { Dialog } from '../primitives/dialog.tsx';
import { Switch } from '../primitives/switch.tsx';
import { useAction } from '../use-action.ts';
import { counted } from '../wording.ts';
import styles from './export-dialog.module.css';
import type { ExportView, SavedFormat } from './export-view.ts';

/** The action that opens it. */
export const EXPORT = 'file.export';

const FORMATS: readonly {
  readonly format: SavedFormat;
  readonly name: string;
  readonly note: string;
}[] = [
  { format: 'theta', name: 'Theta scene (.theta)', note: 'Everything, to open here again' },
  { format: 'glb', name: 'glTF (.glb)', note: 'For other 3D programs, engines and the web' },
  { format: 'obj', name: 'OBJ (.obj, zipped)', note: 'Shapes and simple materials' },
  { format: 'stl', name: 'STL (.stl)', note: 'Shapes alone, for 3D printing' },
];

/** Asks for a format, says what it cannot hold, and saves. */
export function ExportDialog({ exports }: { readonly exports: ExportView }) {
  const editor = useEditor();
  const isOpen = useStore(editor.connection, (state) => state.isOpen);
  const [open, setOpen] = useState(false);
  useAction({
    id: EXPORT,
    label: 'Export…',
    group: 'File',
    icon: 'file-output',
    keys: ['Mod+E'],
    enabled: () => isOpen,
    run: () => setOpen(true),
  });
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Export"
      description="Writes a file to keep elsewhere. The session itself is saved as you work."
    >
      <ExportForm exports={exports} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

interface ExportFormProps {
  readonly exports: ExportView;
  readonly onDone: () => void;
}

function ExportForm({ exports, onDone }: ExportFormProps) {
  const selected = useStore(useEditor().selection, (state) => state.entities.length);
  const [format, setFormat] = useState<SavedFormat>('theta');
  const [wantsSelection, setWantsSelection] = useState(false);
  const selectionOnly = wantsSelection && selected > 0;
  const losses = useLosses(exports, format, selectionOnly);
  const save = (): void => {
    void exports.save({ format, selectionOnly });
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <fieldset className={styles.formats}>
        <legend className="visually-hidden">Format</legend>
        {FORMATS.map((each) => (
          <label key={each.format} className={styles.format}>
            <input
              type="radio"
              name="format"
              value={each.format}
              checked={each.format === format}
              onChange={() => setFormat(each.format)}
            />
            <span>
              <span className={styles.name}>{each.name}</span>
              <span className={styles.note}>{each.note}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className={styles.option}>
        <span>
          Only what is selected
          <span className={styles.note}>
            {selected === 0 ? 'Nothing is selected' : counted(selected, 'object')}
          </span>
        </span>
        <Switch
          label="Only what is selected"
          checked={selectionOnly}
          disabled={selected === 0}
          onChange={setWantsSelection}
        />
      </div>
      <section className={styles.losses} aria-label="What the file will lack" aria-live="polite">
        {losses.length === 0 ? (
          <p>Nothing is lost.</p>
        ) : (
          <ul>
            {losses.map((loss) => (
              <li key={loss}>{loss}</li>
            ))}
          </ul>
        )}
      </section>
      <div className={styles.foot}>
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" type="submit">
          Save file
        </Button>
      </div>
    </form>
  );
}

function useLosses(
  exports: ExportView,
  format: SavedFormat,
  selectionOnly: boolean,
): readonly string[] {
  const [losses, setLosses] = useState<readonly string[]>([]);
  useEffect(() => {
    let isCurrent = true;
    exports.losses({ format, selectionOnly }).then((found) => {
      if (isCurrent) setLosses(found);
    }, console.error);
    return () => {
      isCurrent = false;
    };
  }, [exports, format, selectionOnly]);
  return losses;
}
