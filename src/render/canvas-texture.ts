import { CanvasTexture, DataTexture, SRGBColorSpace, type Texture } from 'three';

export type Context2D = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

const ON_CPU = { willReadFrequently: true };

/**
 * A texture that `draw` paints on a canvas of `width` × `height` pixels. Where there are no canvases
 * (tests without a browser), a blank one. The caller disposes of it.
 */
export function canvasTexture(
  width: number,
  height: number,
  draw: (context: Context2D) => void,
): Texture {
  const canvas = createCanvas(width, height);
  // Painted once, by the CPU: the GPU would have to be asked for a canvas, and then for its pixels.
  const context = canvas?.getContext('2d', ON_CPU) as Context2D | null | undefined;
  if (!canvas || !context) return new DataTexture(new Uint8Array(4), 1, 1);
  draw(context);
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 4;
  return texture;
}

/** How wide a text is in a CSS font, in pixels; a guess where there are no canvases. */
export function measureText(text: string, font: string): number {
  const context = createCanvas(1, 1)?.getContext('2d', ON_CPU) as Context2D | null | undefined;
  if (!context) return text.length * 8;
  context.font = font;
  return context.measureText(text).width;
}

function createCanvas(width: number, height: number): OffscreenCanvas | HTMLCanvasElement | null {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height);
  if (typeof document === 'undefined') return null;
  return Object.assign(document.createElement('canvas'), { width, height });
}
