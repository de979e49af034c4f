export function bannerOf(urls: readonly string[], devOrigin?: string): string;
