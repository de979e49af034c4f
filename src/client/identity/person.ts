/** How one is shown to others. */
export interface Appearance {
  readonly name: string;
  /** 0xrrggbb */
  readonly color: number;
}

const NAME_KEY = 'theta.name';
const MAX_NAME = 64;

/** Told apart on a dark ground, and by people who see red and green alike. */
const COLORS = [0xf2a65a, 0x5bc8af, 0x6ea8fe, 0xe57fb3, 0xb7d36b, 0xa98bf0, 0xf07167, 0x4cc9f0];
const ADJECTIVES = ['Amber', 'Brisk', 'Calm', 'Deft', 'Early', 'Fond', 'Gentle', 'Keen'];
const ANIMALS = ['Heron', 'Otter', 'Lynx', 'Finch', 'Badger', 'Ibex', 'Marten', 'Wren'];

/** The name one has chosen, else one that follows from the key; the colour always does. */
export function appearanceOf(publicKey: Uint8Array): Appearance {
  const pick = <T>(from: readonly T[], byte: number): T => picked(from, publicKey[byte]);
  const given = localStorage.getItem(NAME_KEY)?.slice(0, MAX_NAME);
  return {
    name: given || `${pick(ADJECTIVES, 1)} ${pick(ANIMALS, 2)}`,
    color: colorOf(publicKey),
  };
}

/** The colour of whoever holds the key. */
export function colorOf(publicKey: Uint8Array): number {
  return picked(COLORS, publicKey[0]);
}

function picked<T>(from: readonly T[], byte = 0): T {
  return from[byte % from.length] as T;
}

export function rememberName(name: string): void {
  localStorage.setItem(NAME_KEY, name.trim().slice(0, MAX_NAME));
}

export function cssColor(color: number): string {
  return `#${color.toString(16).padStart(6, '0')}`;
}
