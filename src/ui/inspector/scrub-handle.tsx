import { type PointerEvent, type ReactNode, useCallback, useEffect, useRef } from 'react';
import { classNames } from '../primitives/class-names.ts';
import { SCRUB_THRESHOLD_PX, type ScrubModifiers } from './scrub.ts';
import styles from './scrub-handle.module.css';

/** One scrub: from the first pixel that counts until the button is let go. */
export interface Scrub {
  /** CSS pixels from where the drag began, to the right. */
  move(pixels: number, modifiers: ScrubModifiers): void;
  commit(): void;
  cancel(): void;
}

export interface ScrubHandleProps {
  /** Begins a scrub; without it the handle is a plain label. */
  readonly begin: (() => Scrub) | undefined;
  readonly className?: string | undefined;
  readonly axis?: 'x' | 'y' | 'z' | undefined;
  readonly children: ReactNode;
}

interface Hold {
  readonly startX: number;
  scrub: Scrub | undefined;
}

/** Keeps the cursor of the drag wherever the pointer goes. */
const SCRUBBING = 'scrubbing';

/** A label that is dragged sideways to change its number. Escape takes the drag back. */
export function ScrubHandle({ begin, className, axis, children }: ScrubHandleProps) {
  const hold = useRef<Hold | undefined>(undefined);

  const end = useCallback((how: 'commit' | 'cancel') => {
    const held = hold.current;
    hold.current = undefined;
    document.documentElement.classList.remove(SCRUBBING);
    held?.scrub?.[how]();
  }, []);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !hold.current) return;
      event.stopPropagation();
      end('cancel');
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
      end('cancel');
    };
  }, [end]);

  const onPointerDown = (event: PointerEvent<HTMLSpanElement>) => {
    if (!begin || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    hold.current = { startX: event.clientX, scrub: undefined };
  };
  const onPointerMove = (event: PointerEvent<HTMLSpanElement>) => {
    const held = hold.current;
    if (!held || !begin) return;
    const pixels = event.clientX - held.startX;
    if (!held.scrub && Math.abs(pixels) < SCRUB_THRESHOLD_PX) return;
    document.documentElement.classList.add(SCRUBBING);
    held.scrub ??= begin();
    held.scrub.move(pixels, { shift: event.shiftKey, alt: event.altKey });
  };
  return (
    <span
      className={classNames(begin && styles.scrub, className)}
      data-axis={axis}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => end('commit')}
      onPointerCancel={() => end('cancel')}
    >
      {children}
    </span>
  );
}
