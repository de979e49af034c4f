import { Popover as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './overlay.module.css';

export interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly label: string;
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** The panel itself, so that opening it puts nobody into a text field they did not ask for. */
function focusPanel(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

/** Another popover that closes late gives the focus back to its own button: no reason to close this one. */
function stayOpen(event: Event): void {
  event.preventDefault();
}

/** A small panel beside its button, closed by Escape or a click elsewhere. */
export function Popover({
  trigger,
  label,
  align = 'center',
  side = 'bottom',
  className,
  children,
}: PopoverProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          className={classNames(styles.popover, className)}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          onOpenAutoFocus={focusPanel}
          onFocusOutside={stayOpen}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
