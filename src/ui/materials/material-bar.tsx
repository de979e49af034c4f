import { ChevronDown, Copy, Share, Trash2 } from 'lucide-react';
import { useStore } from 'zustand';
import {
  type Entity,
  type InspectorSection,
  MIXED,
  type Mixed,
  NO_ENTITY,
  type SharedMaterialItem,
} from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { Button, IconButton } from '../primitives/button.tsx';
import { Popover } from '../primitives/popover.tsx';
import { DraftField } from '../primitives/text-field.tsx';
import { counted } from '../wording.ts';
import styles from './material-bar.module.css';
import { MaterialPicture } from './material-picture.tsx';

export interface MaterialBarProps {
  /** The shared material that the selected objects wear. */
  readonly material: Entity | Mixed;
  readonly section: InspectorSection;
  readonly readOnly: boolean;
}

/** Whose material it is, what it looks like, and how to share it or make it unique. */
export function MaterialBar({ material, section, readOnly }: MaterialBarProps) {
  const editor = useEditor();
  const items = useStore(editor.materials.store, (state) => state.items);
  const active = useStore(editor.selection, (state) => state.active);
  const worn = items.find(({ entity }) => entity === material);
  const trigger = (
    <button type="button" className={styles.trigger}>
      <span className="visually-hidden">Choose a material. </span>
      <MaterialPicture entity={active} version={section} className={styles.worn} />
      <span className={styles.words}>
        <span className={styles.name}>{titleOf(material, worn)}</span>
        <span className={styles.note}>{noteOf(material, worn)}</span>
      </span>
      <ChevronDown size={14} aria-hidden />
    </button>
  );
  return (
    <div className={styles.bar}>
      <Popover trigger={trigger} label="Materials" align="end" className={styles.panel}>
        <MaterialChoice items={items} worn={worn} readOnly={readOnly} />
      </Popover>
      {!readOnly && <Ownership material={material} />}
    </div>
  );
}

function titleOf(material: Entity | Mixed, worn: SharedMaterialItem | undefined): string {
  if (material === MIXED) return 'Mixed materials';
  return worn?.name ?? 'Own material';
}

function noteOf(material: Entity | Mixed, worn: SharedMaterialItem | undefined): string {
  if (worn !== undefined) return `Shared by ${counted(worn.wearers, 'object')}`;
  return material === MIXED ? 'Choose one for all' : 'Of this object alone';
}

function Ownership({ material }: Pick<MaterialBarProps, 'material'>) {
  const { materials } = useEditor();
  if (material === NO_ENTITY) {
    return (
      <IconButton
        label="Share this material"
        hint="Others can wear it too, and change with it"
        onClick={() => materials.share()}
      >
        <Share size={14} aria-hidden />
      </IconButton>
    );
  }
  return (
    <IconButton
      label="Make unique"
      hint="A copy of its own for each selected object"
      onClick={() => materials.makeUnique()}
    >
      <Copy size={14} aria-hidden />
    </IconButton>
  );
}

interface MaterialChoiceProps {
  readonly items: readonly SharedMaterialItem[];
  readonly worn: SharedMaterialItem | undefined;
  readonly readOnly: boolean;
}

/** The shared materials of the scene as pictures, and what may be done to the one that is worn. */
function MaterialChoice({ items, worn, readOnly }: MaterialChoiceProps) {
  const { materials } = useEditor();
  return (
    <>
      {items.length === 0 ? (
        <p className={styles.hint}>
          No shared materials yet. Share this one, and other objects can wear it too.
        </p>
      ) : (
        <div className={styles.grid}>
          {items.map(({ entity, name, version }) => (
            <button
              key={entity}
              type="button"
              className={styles.tile}
              aria-pressed={entity === worn?.entity}
              disabled={readOnly}
              onClick={() => materials.wear(entity)}
            >
              <MaterialPicture entity={entity} version={version} className={styles.tilePicture} />
              <span className={styles.tileName}>{name}</span>
            </button>
          ))}
        </div>
      )}
      {!readOnly && worn && <WornActions worn={worn} />}
      {!readOnly && !worn && (
        <Button look="secondary" className={styles.share} onClick={() => materials.share()}>
          <Share size={14} aria-hidden />
          Share this material
        </Button>
      )}
    </>
  );
}

function WornActions({ worn }: { readonly worn: SharedMaterialItem }) {
  const { materials } = useEditor();
  return (
    <div className={styles.actions}>
      <DraftField
        label="Name of the material"
        value={worn.name}
        onCommit={(name) => materials.rename(worn.entity, name)}
      />
      <IconButton label="Make unique" onClick={() => materials.makeUnique()}>
        <Copy size={14} aria-hidden />
      </IconButton>
      <IconButton
        label="Delete this material"
        hint="Its objects keep their looks"
        onClick={() => materials.delete(worn.entity)}
      >
        <Trash2 size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
