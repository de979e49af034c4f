import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';

export type ButtonLook = 'primary' | 'secondary' | 'ghost';
export type ButtonSize = 'normal' | 'large' | 'icon' | 'iconSmall';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook;
  readonly size?: ButtonSize;
}

/** A push button. It never submits a form unless its `type` says so. */
export function Button({
  look = 'ghost',
  size = 'normal',
  className,
  type = 'button',
  ...rest
}: ButtonProps) {
  const sized = size === 'normal' ? undefined : styles[size];
  return (
    <button
      type={type}
      className={classNames(styles.button, styles[look], sized, className)}
      {...rest}
    />
  );
}
