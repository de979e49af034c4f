import {
  ChevronRight,
  CircleX,
  CornerDownRight,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import { memo, useLayoutEffect, useRef } from 'react';
import styles from './console.module.css';
import type { ConsoleLine, ConsoleLineKind } from './console-view.ts';

const ICONS: Readonly<Partial<Record<ConsoleLineKind, LucideIcon>>> = {
  input: ChevronRight,
  result: CornerDownRight,
  warn: TriangleAlert,
  error: CircleX,
};
/** For whoever hears a line and does not see its colour. */
const SPOKEN: Readonly<Partial<Record<ConsoleLineKind, string>>> = {
  input: 'Script: ',
  result: 'Result: ',
  warn: 'Warning: ',
  error: 'Error: ',
};
/** CSS pixels from the end within which one is taken to read the newest. */
const NEAR_END = 24;

/** What scripts printed and gave. It follows the newest line unless one has gone up to read. */
export function ConsoleOutput({ lines }: { readonly lines: readonly ConsoleLine[] }) {
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const newest = lines.at(-1)?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of every new line
  useLayoutEffect(() => {
    const element = list.current;
    if (element && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [newest]);
  return (
    <div
      ref={list}
      role="log"
      aria-label="Output"
      className={styles.output}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so must be within a keyboard's reach
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - clientHeight - scrollTop < NEAR_END;
      }}
    >
      {lines.length === 0 && (
        <p className={styles.hint}>
          Scripts see the session as <code>theta</code>. Try <code>theta.entities()</code>, or
          choose an example.
        </p>
      )}
      {lines.map((line) => (
        <Line key={line.id} line={line} />
      ))}
    </div>
  );
}

const Line = memo(function Line({ line: { kind, text, brief } }: { readonly line: ConsoleLine }) {
  const Icon = ICONS[kind];
  return (
    <div className={styles.line} data-kind={kind}>
      <span className={styles.mark}>{Icon && <Icon size={13} aria-hidden />}</span>
      <span className="visually-hidden">{SPOKEN[kind]}</span>
      {brief === undefined ? (
        <pre className={styles.text}>{text}</pre>
      ) : (
        <details className={styles.folded}>
          <summary className={styles.text}>{brief}</summary>
          <pre className={styles.text}>{text}</pre>
        </details>
      )}
    </div>
  );
});
