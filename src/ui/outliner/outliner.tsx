import { Box, Search, SearchX, X } from 'lucide-react';
import { useStore } from 'zustand';
import type { KindGroup } from '../../editor/editor.ts';
import { useEditor, useMayEdit } from '../editor-context.tsx';
import { Button, IconButton } from '../primitives/button.tsx';
import { EmptyState } from '../primitives/empty-state.tsx';
import { KindFilter, kindGroupLabel } from './kind-filter.tsx';
import styles from './outliner.module.css';
import { OutlinerTree } from './outliner-tree.tsx';

/** Everything in the scene, as a tree that can be searched. */
export function Outliner() {
  const rows = useStore(useEditor().outliner, (state) => state.rows);
  const filter = useStore(useEditor().outliner, (state) => state.filter);
  const kinds = useStore(useEditor().outliner, (state) => state.kinds);
  if (rows.length === 0 && filter === '' && kinds.length === 0) return <EmptyScene />;
  return (
    <>
      <SearchBox filter={filter} />
      {rows.length === 0 ? <NoMatch filter={filter} kinds={kinds} /> : <OutlinerTree rows={rows} />}
    </>
  );
}

function SearchBox({ filter }: { readonly filter: string }) {
  const editor = useEditor();
  return (
    <search className={styles.search}>
      <Search size={14} aria-hidden />
      <input
        aria-label="Search the outliner"
        placeholder="Search"
        autoComplete="off"
        spellCheck={false}
        value={filter}
        onChange={(event) => editor.setFilter(event.target.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') editor.setFilter('');
        }}
      />
      {filter !== '' && (
        <IconButton
          label="Clear the search"
          size="iconSmall"
          className={styles.clear}
          onClick={() => editor.setFilter('')}
        >
          <X size={13} aria-hidden />
        </IconButton>
      )}
      <KindFilter />
    </search>
  );
}

function EmptyScene() {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  if (!mayEdit) {
    return (
      <EmptyState icon={Box} title="Nothing here yet">
        What others add to the scene shows up here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Box}
      title="Nothing here yet"
      action={
        <Button look="secondary" onClick={() => editor.addPrimitive('box')}>
          Add a box
        </Button>
      }
    >
      Add a box or drop a model file.
    </EmptyState>
  );
}

interface NoMatchProps {
  readonly filter: string;
  readonly kinds: readonly KindGroup[];
}

function NoMatch({ filter, kinds }: NoMatchProps) {
  const editor = useEditor();
  const among = kinds.map((kind) => kindGroupLabel(kind).toLowerCase()).join(' or ');
  return (
    <EmptyState
      icon={SearchX}
      title="No match"
      action={
        kinds.length > 0 && (
          <Button look="secondary" onClick={() => editor.setKinds([])}>
            Show all kinds
          </Button>
        )
      }
    >
      {filter === ''
        ? `There are no ${among} in the scene.`
        : `Nothing ${among && `among ${among} `}is called “${filter}”.`}
    </EmptyState>
  );
}
