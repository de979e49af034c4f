import { ChevronRight } from 'lucide-react';
import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { panelStorage } from '../layout/panel-storage.ts';
import { CompletionPopup, optionId } from './completion-popup.tsx';
import styles from './console.module.css';
import type { ConsoleView } from './console-view.ts';
import { InputHistory } from './input-history.ts';
import { replaceText } from './replace-text.ts';
import { isUnfinished, lineBreak, lineCount, linePlace } from './script-text.ts';
import { useCompletion } from './use-completion.ts';

/** Lines that are seen at once. */
const MOST_ROWS = 10;

export interface ConsoleInputHandle {
  focus(): void;
  /** Puts a script in, to be looked at and run. */
  fill(source: string): void;
}

export interface ConsoleInputProps {
  readonly scripts: ConsoleView;
  readonly ref: Ref<ConsoleInputHandle>;
}

/** Where a script is written: Enter runs it, arrows bring back the ones before, words are completed. */
export function ConsoleInput({ scripts, ref }: ConsoleInputProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [history] = useState(() => new InputHistory(panelStorage));
  const [source, setSource] = useState(history.draft);
  const list = useCompletion(area, () => scripts.vocabulary());
  const { open } = list;
  const write = (text: string): void => replaceText(area.current!, 0, source.length, text);
  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    fill: (text) => {
      // A menu gives the focus back in a task of its own.
      setTimeout(() => {
        const { current } = area;
        if (current !== null) replaceText(current, 0, current.value.length, text);
      });
    },
  }));
  useEffect(() => {
    const { value } = area.current!;
    area.current!.setSelectionRange(value.length, value.length);
  }, []);

  const run = (): void => {
    if (source.trim() === '') return;
    history.add(source);
    scripts.run(source);
    write('');
  };
  const recall = (by: 1 | -1): void => {
    const text = history.step(by);
    if (text !== undefined) write(text);
    list.close();
  };
  const onEnter = (event: KeyboardEvent): void => {
    const { selectionStart, selectionEnd } = area.current!;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey || (!event.shiftKey && !isUnfinished(source))) {
      list.close();
      run();
    } else {
      const text = lineBreak(source, selectionStart);
      replaceText(area.current!, selectionStart, selectionEnd, text);
    }
  };
  /** Whether the open list has taken the key. */
  const onListKey = (event: KeyboardEvent): boolean => {
    if (open === undefined || event.ctrlKey || event.metaKey || event.altKey) return false;
    const option = open.completion.options[open.chosen]!;
    const typed = source.slice(open.completion.from, area.current!.selectionStart);
    const isWritten = !open.moved && option.insert === typed;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      list.step(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Tab' && !event.shiftKey) list.accept();
    else if (event.key === 'Enter' && !event.shiftKey && !isWritten) list.accept();
    else if (event.key === 'Escape') list.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || onListKey(event)) return;
    const { selectionStart, selectionEnd } = event.currentTarget;
    const { line } = linePlace(source, selectionStart);
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    const mayRecall = isPlain && selectionStart === selectionEnd;
    if (event.key === 'Enter') onEnter(event);
    else if (event.key === 'ArrowUp' && mayRecall && line === 0) {
      event.preventDefault();
      recall(-1);
    } else if (event.key === 'ArrowDown' && mayRecall && line === lineCount(source) - 1) {
      event.preventDefault();
      recall(1);
    } else if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      list.look('key');
    } else if (event.key.toLowerCase() === 'l' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      scripts.clear();
    }
  };
  return (
    <div className={styles.input}>
      <span className={styles.prompt}>
        <ChevronRight size={14} aria-hidden />
      </span>
      <textarea
        ref={area}
        role="combobox"
        aria-label="Script"
        aria-autocomplete="list"
        aria-expanded={open !== undefined}
        aria-controls={open && listId}
        aria-activedescendant={open && optionId(listId, open.chosen)}
        className={styles.area}
        rows={Math.min(MOST_ROWS, lineCount(source))}
        placeholder="Enter runs, Shift+Enter goes on, ↑ brings back"
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        wrap="off"
        value={source}
        onChange={({ target: { value } }) => {
          setSource(value);
          history.write(value);
          list.look('typing');
        }}
        onKeyDown={onKeyDown}
        onPointerDown={list.close}
        onBlur={list.close}
      />
      {open !== undefined && (
        <CompletionPopup
          id={listId}
          options={open.completion.options}
          chosen={open.chosen}
          left={`${linePlace(source, open.completion.from).column}ch - ${open.scrolled}px`}
          onChoose={list.choose}
          onAccept={list.accept}
        />
      )}
    </div>
  );
}
