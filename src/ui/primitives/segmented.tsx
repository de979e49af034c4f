import type { LucideIcon } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { classNames } from './class-names.ts';
import styles from './segmented.module.css';
import { Tooltip } from './tooltip.tsx';

export interface SegmentedOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly hint?: string;
  readonly keys?: string;
  readonly disabled?: boolean;
}

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly SegmentedOption<Value>[];
  readonly onChange: (value: Value) => void;
  /** `accent` for the one choice that rules the screen, `quiet` for the others. */
  readonly look?: 'accent' | 'quiet';
}

/** One of a few choices, all in sight. Arrow keys move between them. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  look = 'quiet',
}: SegmentedProps<Value>) {
  const choose = (chosen: string) => {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option) onChange(option.value);
  };
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      className={classNames(styles.group, look === 'quiet' && styles.quiet)}
      value={value}
      onValueChange={choose}
    >
      {options.map((option) => (
        <SegmentedItem key={option.value} option={option} />
      ))}
    </ToggleGroup.Root>
  );
}

function SegmentedItem<Value extends string>({
  option,
}: {
  readonly option: SegmentedOption<Value>;
}) {
  const { icon: Icon, label } = option;
  return (
    <Tooltip label={label} hint={option.hint} keys={option.keys}>
      {/* The tooltip's own `data-state` must not overwrite the toggle's, hence the span. */}
      <span>
        <ToggleGroup.Item
          value={option.value}
          className={styles.item}
          disabled={option.disabled === true}
          aria-label={label}
        >
          {Icon ? <Icon size={16} aria-hidden /> : label}
        </ToggleGroup.Item>
      </span>
    </Tooltip>
  );
}
