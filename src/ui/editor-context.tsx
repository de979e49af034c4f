import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { Editor } from '../editor/editor.ts';

const EditorContext = createContext<Editor | null>(null);

/** Lends the panels below it an editor. */
export function EditorProvider({
  editor,
  children,
}: {
  readonly editor: Editor;
  readonly children: ReactNode;
}) {
  return <EditorContext value={editor}>{children}</EditorContext>;
}

/** The editor that the panels show and steer. */
export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('A panel was shown outside of an EditorProvider.');
  return editor;
}

/** Whether this person's role lets them change the document. */
export function useMayEdit(): boolean {
  return useStore(useEditor().connection, (state) => state.role !== 'viewer');
}
