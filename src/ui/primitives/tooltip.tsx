import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import { Keys } from './keys.tsx';
import styles from './tooltip.module.css';

const DELAY_MS = 450;
const SKIP_DELAY_MS = 250;

/** Around the whole application: once one tooltip is open, its neighbours open at once. */
export function TooltipProvider({ children }: { readonly children: React.ReactNode }) {
  return (
    <Radix.Provider delayDuration={DELAY_MS} skipDelayDuration={SKIP_DELAY_MS}>
      {children}
    </Radix.Provider>
  );
}

export interface TooltipProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly keys?: string | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** One element that takes a ref and pointer and focus handlers. */
  readonly children: ReactElement;
}

/** Names its child on hover and on keyboard focus, with the keys that do the same. */
export function Tooltip({ label, hint, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.tooltip} side={side} sideOffset={6} collisionPadding={8}>
          <span>
            {label}
            {hint !== undefined && <span className={styles.hint}>{hint}</span>}
          </span>
          {keys !== undefined && keys !== '' && <Keys keys={keys} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
