import type { Bytes } from '../../../shared/bytes.ts';

/** As much of the browser's Cache Storage as is used. */
export class MemoryCaches {
  readonly entries = new Map<string, Bytes>();
  failing = false;

  async open(): Promise<unknown> {
    if (this.failing) throw new Error('the disk is full');
    return {
      match: async (url: string) => {
        const bytes = this.entries.get(url);
        return bytes && new Response(bytes);
      },
      put: async (url: string, response: Response) => {
        this.entries.set(url, new Uint8Array(await response.arrayBuffer()));
      },
      keys: async () => [...this.entries.keys()],
      delete: async (url: string) => this.entries.delete(url),
    };
  }
}
