import { type ReactNode, Suspense, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Editor } from '../editor/editor.ts';
import { EditorProvider } from './editor-context.tsx';
import app from './layout/app.module.css';
import { Opening } from './pages/opening.tsx';
import styles from './shell.module.css';
import { useEditorKeys } from './use-editor-keys.ts';

export interface ShellProps {
  readonly editor: Editor;
  readonly viewport: ReactNode;
  /** The whole screen around the view, which is handed in; it may suspend while its code is loaded. */
  readonly children: (viewport: ReactNode) => ReactNode;
}

/**
 * The view first: it is there, and takes pointer and keys, while the panels around it are loaded. When
 * they are, they take it in as it is, with its canvas and all.
 */
export function Shell({ editor, viewport, children }: ShellProps) {
  const [home] = useState(() => {
    const element = document.createElement('div');
    element.className = styles.home as string;
    return element;
  });
  return (
    <>
      {createPortal(viewport, home)}
      <Suspense fallback={<Bare editor={editor} home={home} />}>
        {children(<Slot home={home} />)}
      </Suspense>
    </>
  );
}

/** Where the view is shown now. */
function Slot({ home }: { readonly home: HTMLElement }) {
  const slot = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => slot.current?.append(home), [home]);
  return <div ref={slot} className={styles.slot} />;
}

/** The screen before its panels: their places, as wide as they will be. */
function Bare({ editor, home }: { readonly editor: Editor; readonly home: HTMLElement }) {
  useEditorKeys(editor);
  return (
    <EditorProvider editor={editor}>
      <div className={app.app} aria-busy="true">
        <div className={styles.bar} />
        <div className={styles.row}>
          <div className={styles.outliner} />
          <main className={styles.view} aria-label="View">
            <Slot home={home} />
            <Opening />
          </main>
          <div className={styles.inspector} />
        </div>
        <div className={styles.status} />
      </div>
    </EditorProvider>
  );
}
