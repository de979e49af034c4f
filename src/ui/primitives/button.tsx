import { Button, type ButtonProps } from './plain-button.tsx';
import { Tooltip } from './tooltip.tsx';

export { Button, type ButtonProps } from './plain-button.tsx';

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
