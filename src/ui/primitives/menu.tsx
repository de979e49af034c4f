import type { LucideIcon } from 'lucide-react';
import { ContextMenu, DropdownMenu } from 'radix-ui';
import { type ReactElement, type ReactNode, useState } from 'react';
import styles from './overlay.module.css';

/** One line of a menu: a separator, a heading or a command. */
export type MenuEntry =
  | '-'
  | { readonly heading: string }
  | {
      readonly id: string;
      readonly label: string;
      readonly icon?: LucideIcon | undefined;
      readonly keys?: string | undefined;
      readonly disabled?: boolean | undefined;
      readonly run: () => void;
    };

type MenuParts = Pick<typeof DropdownMenu, 'Item' | 'Label' | 'Separator'>;

function entryKey(entry: MenuEntry, index: number): string {
  if (entry === '-') return `separator ${index}`;
  return 'heading' in entry ? `heading ${entry.heading}` : entry.id;
}

function MenuLine({ entry, parts }: { readonly entry: MenuEntry; readonly parts: MenuParts }) {
  if (entry === '-') return <parts.Separator className={styles.separator} />;
  if ('heading' in entry)
    return <parts.Label className={styles.label}>{entry.heading}</parts.Label>;
  const Icon = entry.icon;
  return (
    <parts.Item
      className={styles.item}
      disabled={entry.disabled === true}
      onSelect={() => entry.run()}
    >
      {Icon !== undefined && <Icon size={15} aria-hidden />}
      <span className={styles.itemLabel}>{entry.label}</span>
      {entry.keys !== undefined && <span className={styles.itemKeys}>{entry.keys}</span>}
    </parts.Item>
  );
}

/** Mounted only while its menu is open. */
function MenuLines({
  entries,
  parts,
}: {
  readonly entries: () => readonly MenuEntry[];
  readonly parts: MenuParts;
}) {
  const [lines] = useState(entries);
  return lines.map((entry, index) => (
    <MenuLine key={entryKey(entry, index)} entry={entry} parts={parts} />
  ));
}

export interface DropdownProps {
  /** Asked for whenever the menu opens, so that what it says is true then. */
  readonly entries: () => readonly MenuEntry[];
  readonly align?: 'start' | 'center' | 'end';
  /** The button that opens it. */
  readonly children: ReactElement;
}

/** A menu under a button. */
export function Dropdown({ entries, align = 'start', children }: DropdownProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={styles.menu}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          loop
        >
          <MenuLines entries={entries} parts={DropdownMenu} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export interface ContextAreaProps {
  readonly entries: () => readonly MenuEntry[];
  readonly children: ReactNode;
}

/** An area whose right click opens a menu. */
export function ContextArea({ entries, children }: ContextAreaProps) {
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={styles.menu} collisionPadding={8} loop>
          <MenuLines entries={entries} parts={ContextMenu} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
