const OWN_LABELS: Readonly<Record<string, string>> = { primitive: 'Shape', flags: 'Display' };

/** "castShadow" → "Cast shadow" */
export function labelOf(name: string): string {
  const own = OWN_LABELS[name];
  if (own !== undefined) return own;
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
