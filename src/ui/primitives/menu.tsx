import { ChevronRight, type LucideIcon } from 'lucide-react';
import { ContextMenu, DropdownMenu } from 'radix-ui';
import {
  type KeyboardEvent,
  type ReactElement,
  type MouseEvent as ReactMouseEvent,
  type ReactNode,
  useState,
} from 'react';
import styles from './overlay.module.css';

/** One line of a menu: a separator, a heading, a menu within it or a command. */
export type MenuEntry =
  | '-'
  | { readonly heading: string }
  | {
      readonly id: string;
      readonly label: string;
      readonly icon?: LucideIcon | undefined;
      readonly disabled?: boolean | undefined;
      readonly entries: readonly MenuEntry[];
    }
  | {
      readonly id: string;
      readonly label: string;
      readonly icon?: LucideIcon | undefined;
      readonly keys?: string | undefined;
      readonly disabled?: boolean | undefined;
      readonly run: () => void;
    };

/** CSS pixels that a menu opened by keys stands to the right of what it is about. */
const KEY_INDENT = 24;

type MenuParts = Pick<
  typeof DropdownMenu,
  'Item' | 'Label' | 'Portal' | 'Separator' | 'Sub' | 'SubContent' | 'SubTrigger'
>;

function entryKey(entry: MenuEntry, index: number): string {
  if (entry === '-') return `separator ${index}`;
  return 'heading' in entry ? `heading ${entry.heading}` : entry.id;
}

function MenuLine({ entry, parts }: { readonly entry: MenuEntry; readonly parts: MenuParts }) {
  if (entry === '-') return <parts.Separator className={styles.separator} />;
  if ('heading' in entry)
    return <parts.Label className={styles.label}>{entry.heading}</parts.Label>;
  const Icon = entry.icon;
  if ('entries' in entry) return <SubMenu entry={entry} parts={parts} />;
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

function SubMenu({
  entry: { label, icon: Icon, disabled = false, entries },
  parts,
}: {
  readonly entry: Extract<MenuEntry, { readonly entries: readonly MenuEntry[] }>;
  readonly parts: MenuParts;
}) {
  return (
    <parts.Sub>
      <parts.SubTrigger className={styles.item} disabled={disabled}>
        {Icon !== undefined && <Icon size={15} aria-hidden />}
        <span className={styles.itemLabel}>{label}</span>
        <ChevronRight size={13} aria-hidden />
      </parts.SubTrigger>
      <parts.Portal>
        <parts.SubContent className={styles.menu} collisionPadding={8} sideOffset={4} loop>
          <MenuLines entries={() => entries} parts={parts} />
        </parts.SubContent>
      </parts.Portal>
    </parts.Sub>
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
          onCloseAutoFocus={keepFocusElsewhere}
        >
          <MenuLines entries={entries} parts={DropdownMenu} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export interface ContextAreaProps {
  readonly entries: () => readonly MenuEntry[];
  readonly onClose?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** An area whose right click opens a menu, and so do the keys for it on what has the focus. */
export function ContextArea({ entries, onClose, children }: ContextAreaProps) {
  return (
    <ContextMenu.Root modal={false} onOpenChange={(open) => open || onClose?.()}>
      <ContextMenu.Trigger asChild onKeyDown={openByKey} onContextMenuCapture={leaveToText}>
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          className={styles.menu}
          collisionPadding={8}
          loop
          onCloseAutoFocus={keepFocusElsewhere}
          onContextMenu={(event) => event.preventDefault()}
        >
          <MenuLines entries={entries} parts={ContextMenu} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** A menu gives the focus back when it has faded out, by when somebody may have gone on elsewhere. */
function keepFocusElsewhere(event: Event): void {
  if (document.activeElement !== document.body) event.preventDefault();
}

/** Browsers open menus by these keys on some systems and not on others, and not where a list's focus is. */
function openByKey(event: KeyboardEvent<HTMLElement>): void {
  const isMenuKey = event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10');
  if (!isMenuKey || isText(event.target)) return;
  event.preventDefault();
  event.stopPropagation();
  const focused = event.target as HTMLElement;
  const active = focused.getAttribute('aria-activedescendant');
  const target = (active !== null && document.getElementById(active)) || focused;
  const { left, bottom } = target.getBoundingClientRect();
  const place = { clientX: left + KEY_INDENT, clientY: bottom };
  target.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...place }),
  );
}

/** What is being typed has the browser's own menu, with its clipboard and its spelling. */
function leaveToText(event: ReactMouseEvent<HTMLElement>): void {
  if (isText(event.target)) event.stopPropagation();
}

function isText(target: EventTarget): boolean {
  return target instanceof Element && target.closest('input, textarea') !== null;
}
