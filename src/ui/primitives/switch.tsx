import { Switch as Radix } from 'radix-ui';
import { classNames } from './class-names.ts';
import styles from './switch.module.css';

export interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  /** Neither on nor off; the next click turns it on. */
  readonly mixed?: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** On or off, at once. */
export function Switch({ label, checked, mixed = false, disabled = false, onChange }: SwitchProps) {
  return (
    <Radix.Root
      className={classNames(styles.switch, mixed && styles.mixed)}
      aria-label={mixed ? `${label} (mixed)` : label}
      checked={checked && !mixed}
      disabled={disabled}
      onCheckedChange={onChange}
    >
      <Radix.Thumb className={styles.thumb} />
    </Radix.Root>
  );
}
