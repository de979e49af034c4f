import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';

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

export interface IconButtonProps extends Omit<ButtonProps, 'aria-label' | 'title'> {
  /** Its accessible name, shown in the tooltip. */
  readonly label: string;
  /** A second line of the tooltip. */
  readonly hint?: string | undefined;
  /** Keys shown in the tooltip. */
  readonly keys?: string | undefined;
}

/** A button of one icon, named by its tooltip. */
export function IconButton({ label, hint, keys, size = 'icon', ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} hint={hint} keys={keys}>
      <Button size={size} aria-label={label} {...rest} />
    </Tooltip>
  );
}
