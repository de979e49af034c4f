import { vi } from 'vitest';
import type { Bytes } from '../../../shared/bytes.ts';
import { readImageHeader } from '../../../shared/image-header.ts';

/** An image that was decoded: it remembers its file, which is what drawing it gives back. */
class FileBitmap {
  readonly file: Bytes;
  readonly width: number;
  readonly height: number;

  constructor(file: Bytes) {
    const header = readImageHeader(file);
    if (header === undefined) throw new Error('This is no image.');
    this.file = file;
    this.width = header.width;
    this.height = header.height;
  }

  close(): void {
    // There is nothing to give back.
  }
}

/** A canvas whose file is that of the image that was drawn on it. */
class FileCanvas {
  width = 1;
  height = 1;
  #drawn: FileBitmap | undefined;

  getContext() {
    return {
      drawImage: (image: FileBitmap) => {
        this.#drawn = image;
      },
    };
  }

  async convertToBlob({ type }: { type: string }): Promise<Blob> {
    if (this.#drawn === undefined) throw new Error('Nothing was drawn.');
    return new Blob([this.#drawn.file], { type });
  }
}

class BlobReader {
  result: ArrayBuffer | undefined;
  onloadend: () => void = () => undefined;

  readAsArrayBuffer(blob: Blob): void {
    void blob.arrayBuffer().then((buffer) => {
      this.result = buffer;
      this.onloadend();
    });
  }
}

/** As much of a browser as three's exporters need, with images that survive to the byte. */
export function stubPageImages(): void {
  vi.stubGlobal('ImageBitmap', FileBitmap);
  vi.stubGlobal('OffscreenCanvas', FileCanvas);
  vi.stubGlobal('FileReader', BlobReader);
}

/** For `AssetCache`. */
export async function decodeFile(file: Bytes): Promise<ImageBitmap> {
  return new FileBitmap(file) as unknown as ImageBitmap;
}
