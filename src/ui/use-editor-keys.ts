import { useEffect } from 'react';
import type { Editor, KeyInput } from '../editor/editor.ts';

/** Sends the page's keys to the editor, but for those that an open menu or dialog lives on. */
export function useEditorKeys(editor: Editor): void {
  useEffect(() => {
    const listening = new AbortController();
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isInOverlay(event.target)) return;
      if (editor.key(keyInputOf(event))) event.preventDefault();
    };
    window.addEventListener('keydown', onKey, { signal: listening.signal });
    window.addEventListener('keyup', onKey, { signal: listening.signal });
    return () => listening.abort();
  }, [editor]);
}

const OVERLAYS = '[role="dialog"], [role="menu"], [role="listbox"]';
const EDITABLE = 'input, textarea, select, [contenteditable="true"]';

function isInOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(OVERLAYS) !== null;
}

export function keyInputOf(event: KeyboardEvent): KeyInput {
  return {
    type: event.type === 'keyup' ? 'up' : 'down',
    code: event.code,
    key: event.key,
    repeat: event.repeat,
    editable: event.target instanceof Element && event.target.closest(EDITABLE) !== null,
    shift: event.shiftKey,
    ctrl: event.ctrlKey,
    alt: event.altKey,
    meta: event.metaKey,
  };
}
