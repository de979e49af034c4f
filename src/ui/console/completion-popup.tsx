import { useEffect, useRef } from 'react';
import type { CompletionOption } from './completion.ts';
import styles from './console.module.css';

export interface CompletionPopupProps {
  readonly id: string;
  readonly options: readonly CompletionOption[];
  readonly chosen: number;
  /** Where the word that is completed begins in its line: lengths of CSS. */
  readonly left: string;
  readonly onChoose: (index: number) => void;
  readonly onAccept: (index: number) => void;
}

/** What could be meant, above the line that is written; that has the focus and the keys. */
export function CompletionPopup({
  id,
  options,
  chosen,
  left,
  onChoose,
  onAccept,
}: CompletionPopupProps) {
  const current = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: of every other choice
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen, options]);
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Completions"
      className={styles.popup}
      style={{ '--column': left } as React.CSSProperties}
    >
      {options.map(({ label, detail }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text below has the focus and the keys
        <div
          key={label}
          ref={index === chosen ? current : undefined}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          className={styles.option}
          // The focus stays where one writes.
          onMouseDown={(event) => event.preventDefault()}
          onPointerMove={index === chosen ? undefined : () => onChoose(index)}
          onClick={() => onAccept(index)}
        >
          <span className={styles.optionLabel}>{label}</span>
          <span className={styles.optionDetail}>{detail}</span>
        </div>
      ))}
    </div>
  );
}

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}
