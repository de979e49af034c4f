/**
 * Writes into a text area as if it was typed: the browser's own undo takes it back, which it forgets when
 * a script sets the value.
 */
export function replaceText(
  area: HTMLTextAreaElement,
  from: number,
  to: number,
  text: string,
  caret = from + text.length,
): void {
  area.focus();
  area.setSelectionRange(from, to);
  // Deprecated for rich text, and the one way there is for plain text.
  if (text !== '') document.execCommand('insertText', false, text);
  else if (from !== to) document.execCommand('delete');
  area.setSelectionRange(caret, caret);
}
