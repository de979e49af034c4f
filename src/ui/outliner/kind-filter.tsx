import {
  Box,
  Check,
  Folder,
  Hexagon,
  Lightbulb,
  ListFilter,
  type LucideIcon,
  Sunrise,
  Video,
} from 'lucide-react';
import { useStore } from 'zustand';
import { KIND_GROUPS, type KindGroup } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { Button } from '../primitives/button.tsx';
import { classNames } from '../primitives/class-names.ts';
import { Dropdown, type MenuEntry } from '../primitives/menu.tsx';
import styles from './outliner.module.css';

const GROUPS: Readonly<Record<KindGroup, readonly [label: string, icon: LucideIcon]>> = {
  shape: ['Shapes', Box],
  mesh: ['Meshes', Hexagon],
  light: ['Lights', Lightbulb],
  camera: ['Cameras', Video],
  group: ['Groups', Folder],
  surroundings: ['Environment and fog', Sunrise],
};

/** What a group of kinds is called. */
export function kindGroupLabel(group: KindGroup): string {
  return GROUPS[group][0];
}

/** Chooses the kinds that the outliner shows. */
export function KindFilter() {
  const editor = useEditor();
  const kinds = useStore(editor.outliner, (state) => state.kinds);
  const entries = (): readonly MenuEntry[] => [
    {
      id: 'all',
      label: 'All kinds',
      icon: kinds.length === 0 ? Check : ListFilter,
      run: () => editor.setKinds([]),
    },
    '-',
    ...KIND_GROUPS.map((group) => ({
      id: group,
      label: GROUPS[group][0],
      icon: kinds.includes(group) ? Check : GROUPS[group][1],
      run: () => editor.setKinds(toggled(kinds, group)),
    })),
  ];
  const label = kinds.length === 0 ? 'Filter by kind' : `Filter by kind: ${kinds.length} chosen`;
  return (
    <Dropdown entries={entries} align="end">
      <Button
        size="icon"
        className={classNames(styles.kinds, kinds.length > 0 && styles.kindsOn)}
        aria-label={label}
        title={label}
      >
        <ListFilter size={15} aria-hidden />
      </Button>
    </Dropdown>
  );
}

function toggled(kinds: readonly KindGroup[], group: KindGroup): readonly KindGroup[] {
  return kinds.includes(group) ? kinds.filter((each) => each !== group) : [...kinds, group];
}
