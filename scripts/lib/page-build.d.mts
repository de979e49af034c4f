export function buildPageIfStale(root: string): Promise<'fresh' | 'built' | 'absent'>;

export function fingerprintOf(root: string): Promise<string>;
