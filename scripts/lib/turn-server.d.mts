export function ensureTurnServer(): Promise<string>;
