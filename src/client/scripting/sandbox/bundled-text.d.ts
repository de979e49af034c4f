/** One script with all that it imports, as text: scripts/lib/bundled-text-plugin.mjs. */
declare module '*?bundle' {
  export const code: string;
}
