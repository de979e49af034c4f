/** After so long a browser has taken up a download, or never will. */
const SAVED_WITHIN_MS = 60_000;

/** Hands a text to the browser to save. */
export function download(name: string, text: string, type = 'application/json'): void {
  saveFile(name, new Blob([text], { type }));
}

/** Hands a file to the browser to save. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), SAVED_WITHIN_MS);
}
