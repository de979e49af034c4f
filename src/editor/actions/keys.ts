import type { KeyInput } from '../tools/pointer-input.ts';

export type Platform = 'mac' | 'other';

/** A key with its modifiers, as actions name it: `Mod+Shift+Z`, `F2`, `Delete`, `?`. */
interface Shortcut {
  /** Ctrl, or Cmd on a Mac. */
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly key: string;
}

const LETTER = /^[A-Z]$/;
const DIGIT = /^[0-9]$/;
const NAMED = /^[A-Z][A-Za-z0-9]+$/;
const MAC_SIGNS: Readonly<Record<string, string>> = {
  Delete: '⌦',
  Backspace: '⌫',
  Escape: 'esc',
  Enter: '↩',
  Home: '↖',
};

function parse(text: string): Shortcut {
  const parts = text.split('+');
  return {
    mod: parts.includes('Mod'),
    shift: parts.includes('Shift'),
    alt: parts.includes('Alt'),
    key: parts.at(-1)!,
  };
}

/** Whether a key was pressed that `shortcut` names. */
export function matchesKey(shortcut: string, input: KeyInput, platform: Platform): boolean {
  const { mod, shift, alt, key } = parse(shortcut);
  const [held, other] = platform === 'mac' ? [input.meta, input.ctrl] : [input.ctrl, input.meta];
  if (held !== mod || other || input.alt !== alt) return false;
  // Where a sign such as `?` lies, and whether with Shift, is the layout's business.
  const isSign = !LETTER.test(key) && !DIGIT.test(key) && !NAMED.test(key);
  return (isSign || input.shift === shift) && matchesName(key, input);
}

/**
 * Letters go by what is printed on the key. A layout without Latin letters (Greek, Russian…) has none
 * to go by, and digits may need Shift (French): those go by the place of the key.
 */
function matchesName(name: string, { key, code }: KeyInput): boolean {
  if (LETTER.test(name)) {
    const printed = key.toUpperCase();
    return LETTER.test(printed) ? printed === name : code === `Key${name}`;
  }
  if (name.startsWith('Numpad')) return code === name;
  if (DIGIT.test(name)) return code === `Digit${name}` || (key === name && !onNumpad(code));
  return key === name;
}

function onNumpad(code: string): boolean {
  return code.startsWith('Numpad');
}

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'OS']);

/**
 * The name of what was pressed, so that `matchesKey` knows it again; undefined for a modifier alone, for a
 * key without a name, and with the modifier that belongs to the system (Cmd's or Ctrl's counterpart).
 */
export function keyOf(input: KeyInput, platform: Platform): string | undefined {
  const { key, code, shift, alt } = input;
  const [mod, other] = platform === 'mac' ? [input.meta, input.ctrl] : [input.ctrl, input.meta];
  if (MODIFIERS.has(key) || other) return undefined;
  const name = nameOf(key, code);
  if (name === undefined) return undefined;
  const isSign = !LETTER.test(name) && !DIGIT.test(name) && !NAMED.test(name);
  const parts = [mod && 'Mod', shift && !isSign && 'Shift', alt && 'Alt', name];
  return parts.filter((part) => part !== false).join('+');
}

function nameOf(key: string, code: string): string | undefined {
  if (onNumpad(code)) return code;
  const digit = /^Digit([0-9])$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  const letter = key.toUpperCase();
  if (LETTER.test(letter)) return letter;
  const placed = /^Key([A-Z])$/.exec(code)?.[1];
  if (placed !== undefined) return placed;
  // A space and a plus would not be read again from a name that is parted by pluses.
  if (key === ' ' || key === '+') return undefined;
  return key.length === 1 || NAMED.test(key) ? key : undefined;
}

/** As the user of that platform reads it: `Ctrl+Shift+Z`, `⇧⌘Z`. */
export function formatKey(shortcut: string, platform: Platform): string {
  const { mod, shift, alt, key } = parse(shortcut);
  const name = key === 'ContextMenu' ? 'Menu' : key.replace(/^Numpad/, 'Num ');
  if (platform === 'mac') {
    return `${alt ? '⌥' : ''}${shift ? '⇧' : ''}${mod ? '⌘' : ''}${MAC_SIGNS[key] ?? name}`;
  }
  const names = [mod && 'Ctrl', shift && 'Shift', alt && 'Alt', key === 'Escape' ? 'Esc' : name];
  return names.filter((name) => name !== false).join('+');
}
