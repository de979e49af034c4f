import type { CSSProperties } from 'react';
import { classNames } from '../primitives/class-names.ts';
import styles from './avatar.module.css';
import { initialsOf } from './initials.ts';
import { inkOn } from './ink-on.ts';

export interface AvatarProps {
  readonly name: string;
  /** `#rrggbb` */
  readonly color: string;
  readonly large?: boolean;
}

/** A person's initials on their colour; the name itself stands beside it or in its tooltip. */
export function Avatar({ name, color, large = false }: AvatarProps) {
  const colors = { '--person': color, '--person-ink': inkOn(color) } as CSSProperties;
  return (
    <span
      className={classNames(styles.avatar, large && styles.large)}
      style={colors}
      data-initials={initialsOf(name)}
      aria-hidden
    />
  );
}
