import { type RefObject, useState } from 'react';
import { accept, type Completion, type CompletionCause, complete } from './completion.ts';
import { replaceText } from './replace-text.ts';
import type { Vocabulary } from './vocabulary.ts';

interface Open {
  readonly completion: Completion;
  readonly chosen: number;
  /** Whether one has gone up or down in the list. */
  readonly moved: boolean;
  /** CSS pixels that the text is scrolled by. */
  readonly scrolled: number;
}

export interface CompletionList {
  readonly open: Open | undefined;
  /** Looks anew for what could be meant. */
  look(cause: CompletionCause): void;
  close(): void;
  choose(index: number): void;
  step(by: 1 | -1): void;
  accept(index?: number): void;
}

/** The list of what could be meant at the caret of a text area. */
export function useCompletion(
  area: RefObject<HTMLTextAreaElement | null>,
  vocabulary: () => Vocabulary,
): CompletionList {
  const [open, setOpen] = useState<Open>();
  const look = (cause: CompletionCause): void => {
    const { value, selectionStart, selectionEnd, scrollLeft: scrolled } = area.current!;
    const completion =
      selectionStart === selectionEnd
        ? complete(value, selectionStart, vocabulary(), cause)
        : undefined;
    setOpen(completion && { completion, chosen: 0, moved: false, scrolled });
  };
  return {
    open,
    look,
    close: () => setOpen(undefined),
    choose: (chosen) => setOpen(open && { ...open, chosen, moved: true }),
    step: (by) => {
      if (open === undefined) return;
      const { length } = open.completion.options;
      setOpen({ ...open, chosen: (open.chosen + by + length) % length, moved: true });
    },
    accept: (index = open?.chosen) => {
      const option = index === undefined ? undefined : open?.completion.options[index];
      if (open === undefined || option === undefined) return;
      const { value, selectionStart } = area.current!;
      const done = accept(value, selectionStart, open.completion, option);
      replaceText(area.current!, open.completion.from, selectionStart, option.insert, done.caret);
      look('typing');
    },
  };
}
