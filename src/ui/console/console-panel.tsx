import { BookOpen, Check, Copy, Eraser, Square, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useEditor } from '../editor-context.tsx';
import { Button, IconButton } from '../primitives/button.tsx';
import { Dropdown, type MenuEntry } from '../primitives/menu.tsx';
import { useCopied } from '../share/use-copied.ts';
import { keyInputOf } from '../use-editor-keys.ts';
import styles from './console.module.css';
import { ConsoleInput, type ConsoleInputHandle } from './console-input.tsx';
import { ConsoleOutput } from './console-output.tsx';
import { TOGGLE_CONSOLE } from './console-toggle.tsx';
import type { ConsoleLine, ConsoleView } from './console-view.ts';
import { EXAMPLES } from './examples.ts';

/** Scripts on the session: what came of them, and a place to write the next. */
export function ConsolePanel({ scripts }: { readonly scripts: ConsoleView }) {
  const { actions } = useEditor();
  const input = useRef<ConsoleInputHandle>(null);
  const lines = useStore(scripts.state, (state) => state.lines);
  const running = useStore(scripts.state, (state) => state.running);
  useFocusWhileOpen(() => input.current?.focus());

  /** While one writes, keys are not the editor's; this one puts the panel away all the same. */
  const onKeyDown = (event: KeyboardEvent) => {
    const key = actions.keyFrom(keyInputOf(event.nativeEvent));
    if (key === undefined || !actions.keysOf(TOGGLE_CONSOLE).includes(key)) return;
    event.preventDefault();
    scripts.setOpen(false);
  };
  return (
    <section
      className={styles.panel}
      aria-label="Console"
      data-running={running > 0}
      onKeyDown={onKeyDown}
    >
      <header className={styles.header}>
        <h2 className={styles.title}>Console</h2>
        {running > 0 && (
          <Button onClick={() => scripts.stop()}>
            <Square size={12} aria-hidden />
            Stop
          </Button>
        )}
        <span className={styles.spacer} />
        <Dropdown entries={() => exampleEntries((code) => input.current?.fill(code))} align="end">
          <Button>
            <BookOpen size={14} aria-hidden />
            Examples
          </Button>
        </Dropdown>
        <CopyButton lines={lines} />
        <IconButton
          label="Clear"
          keys={actions.format('Mod+L')}
          size="iconSmall"
          disabled={lines.length === 0}
          onClick={() => scripts.clear()}
        >
          <Eraser size={14} aria-hidden />
        </IconButton>
        <IconButton
          label="Hide console"
          keys={actions.shortcutOf(TOGGLE_CONSOLE)}
          size="iconSmall"
          onClick={() => scripts.setOpen(false)}
        >
          <X size={14} aria-hidden />
        </IconButton>
      </header>
      <ConsoleOutput lines={lines} />
      <ConsoleInput ref={input} scripts={scripts} />
    </section>
  );
}

/** Takes the focus when the panel opens, and gives it back when it closes. */
function useFocusWhileOpen(focus: () => void): void {
  const latest = useRef(focus);
  useEffect(() => {
    const before = document.activeElement;
    // The palette, if it was opened from there, gives the focus back in a task of its own.
    const timer = setTimeout(() => latest.current());
    return () => {
      clearTimeout(timer);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
}

function exampleEntries(choose: (code: string) => void): readonly MenuEntry[] {
  return EXAMPLES.map(({ heading, code }, at) => {
    const others = EXAMPLES.slice(0, at).filter((each) => each.heading === heading).length;
    const label = others === 0 ? heading : `${heading} (${others + 1})`;
    return { id: label, label, run: () => choose(code) };
  });
}

function CopyButton({ lines }: { readonly lines: readonly ConsoleLine[] }) {
  const { copy, stateOf } = useCopied();
  const text = lines.map((line) => `${line.kind === 'input' ? '> ' : ''}${line.text}`).join('\n');
  const state = stateOf(text);
  const label = { idle: 'Copy all', copied: 'Copied', failed: 'Could not copy' }[state];
  return (
    <IconButton
      label={label}
      size="iconSmall"
      disabled={lines.length === 0}
      onClick={() => copy(text)}
    >
      {state === 'copied' ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
    </IconButton>
  );
}
