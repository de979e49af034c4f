import type { Locator } from '@playwright/test';

/** Red, green and blue, from 0 to 255. */
export type Rgb = readonly [number, number, number];

/** The mean colour of a square of `size` CSS pixels in the middle of an element, as it is shown. */
export async function middleColor(element: Locator, size = 32): Promise<Rgb> {
  const box = await element.boundingBox();
  if (box === null) throw new Error('The element is not shown.');
  const page = element.page();
  const x = box.x + (box.width - size) / 2;
  const y = box.y + (box.height - size) / 2;
  const png = await page.screenshot({ clip: { x, y, width: size, height: size } });
  return page.evaluate(meanColor, png.toString('base64'));
}

/** Runs in the page, which can decode pictures. */
async function meanColor(png: string): Promise<Rgb> {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(1, 1).getContext('2d');
  if (canvas === null) throw new Error('There is no 2D canvas.');
  canvas.imageSmoothingQuality = 'high';
  canvas.drawImage(picture, 0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

/** How far two colours are apart: the largest difference of a channel. */
export function colorDistance(a: Rgb, b: Rgb): number {
  return Math.max(...a.map((channel, at) => Math.abs(channel - b[at]!)));
}

/** How many colours an element shows, told apart by their upper four bits a channel. */
export async function variety(element: Locator): Promise<number> {
  const png = await element.screenshot();
  return element.page().evaluate(countColors, png.toString('base64'));
}

/** Runs in the page. */
async function countColors(png: string): Promise<number> {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
  if (canvas === null) throw new Error('There is no 2D canvas.');
  canvas.drawImage(picture, 0, 0);
  const { data } = canvas.getImageData(0, 0, picture.width, picture.height);
  const seen = new Set<number>();
  for (let at = 0; at < data.length; at += 4) {
    seen.add(((data[at]! >> 4) << 8) | ((data[at + 1]! >> 4) << 4) | (data[at + 2]! >> 4));
  }
  return seen.size;
}
