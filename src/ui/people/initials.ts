/** One or two letters that stand for a name: the first of the first word and of the last one. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return (firstLetter(first) + (last === undefined ? '' : firstLetter(last))).toUpperCase();
}

function firstLetter(word: string): string {
  // By code point, so that a letter beyond the basic plane is not cut in two.
  return [...word][0] ?? '';
}
