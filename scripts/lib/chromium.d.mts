export function findChromium(root: string): string | undefined;

export function ensureChromium(root: string): Promise<string>;
