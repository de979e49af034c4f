import { ChevronRight, Eye, EyeOff, Lock, LockOpen } from 'lucide-react';
import { type CSSProperties, memo } from 'react';
import type { FlagName, OutlinerRow as RowState } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { classNames } from '../primitives/class-names.ts';
import { DraftField } from '../primitives/text-field.tsx';
import { ENTITY_ICONS } from './entity-icon.tsx';
import styles from './outliner.module.css';
import { RowPeers } from './row-peers.tsx';
import type { SiblingPlace } from './tree.ts';

export interface OutlinerRowProps {
  readonly row: RowState;
  readonly domId: string;
  /** CSS pixels from the top of the list. */
  readonly top: number;
  readonly sibling: SiblingPlace | undefined;
  readonly focused: boolean;
  readonly renaming: boolean;
  readonly mayEdit: boolean;
  readonly onRenameEnd: () => void;
}

/** One entity. Clicks, drags and keys are the tree's; the row only shows. */
export const OutlinerRow = memo(function OutlinerRow({
  row,
  domId,
  top,
  sibling,
  focused,
  renaming,
  mayEdit,
  onRenameEnd,
}: OutlinerRowProps) {
  const editor = useEditor();
  const Icon = ENTITY_ICONS[row.kind];
  const place = { '--depth': row.depth, transform: `translateY(${top}px)` } as CSSProperties;
  return (
    <div
      id={domId}
      role="treeitem"
      tabIndex={-1}
      aria-level={row.depth + 1}
      aria-posinset={sibling?.position}
      aria-setsize={sibling?.size}
      aria-selected={row.selected}
      aria-expanded={row.hasChildren ? row.expanded : undefined}
      aria-label={row.name || 'Unnamed'}
      data-entity={row.entity}
      className={classNames(styles.row, focused && styles.focused, row.hidden && styles.dim)}
      style={place}
      draggable={mayEdit && !renaming}
    >
      {row.hasChildren ? (
        <button
          type="button"
          tabIndex={-1}
          className={styles.toggle}
          data-expanded={row.expanded}
          data-part="toggle"
          aria-label={row.expanded ? 'Collapse' : 'Expand'}
          onClick={() => editor.toggleExpanded(row.entity)}
        >
          <ChevronRight size={13} aria-hidden />
        </button>
      ) : (
        <span className={styles.toggle} />
      )}
      <Icon size={14} className={styles.icon} aria-hidden />
      {renaming ? (
        <DraftField
          label={`Name of ${row.name}`}
          className={styles.rename}
          autoFocus
          value={row.name}
          onCommit={(name) => editor.rename(row.entity, name)}
          onEnd={onRenameEnd}
        />
      ) : (
        <span className={styles.name}>{row.name || 'Unnamed'}</span>
      )}
      <RowPeers peers={row.peers} />
      <span className={styles.flags}>
        <FlagButton row={row} flag="locked" mayEdit={mayEdit} />
        <FlagButton row={row} flag="hidden" mayEdit={mayEdit} />
      </span>
    </div>
  );
});

const FLAGS = {
  hidden: { icon: [Eye, EyeOff], label: ['Hide', 'Show'] },
  locked: { icon: [LockOpen, Lock], label: ['Lock', 'Unlock'] },
} as const;

function FlagButton({
  row,
  flag,
  mayEdit,
}: {
  readonly row: RowState;
  readonly flag: FlagName;
  readonly mayEdit: boolean;
}) {
  const editor = useEditor();
  const on = row[flag];
  const { icon, label } = FLAGS[flag];
  const Icon = icon[on ? 1 : 0];
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.flag}
      data-part="flag"
      aria-label={`${label[on ? 1 : 0]} ${row.name}`}
      aria-pressed={on}
      disabled={!mayEdit}
      onClick={() => editor.setFlag([row.entity], flag, !on)}
    >
      <Icon size={13} aria-hidden />
    </button>
  );
}
