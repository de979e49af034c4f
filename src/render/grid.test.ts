import { describe, expect, it } from 'vitest';
import { gridLevel } from './grid.ts';

describe('gridLevel', () => {
  it('goes from decimetres over metres to tens of metres', () => {
    const cells = [1, 10, 18.1, 100, 181, 1000].map((distance) => gridLevel(distance).cell);
    expect(cells.map((cell) => Number(cell.toPrecision(3)))).toEqual([0.1, 0.1, 1, 1, 10, 10]);
  });

  it('fades without a step: where a level ends the next begins', () => {
    let before = gridLevel(0.5);
    for (let distance = 0.5; distance < 5000; distance *= 1.01) {
      const now = gridLevel(distance);
      const place = Math.log10(now.cell) + now.fade;
      expect(place - (Math.log10(before.cell) + before.fade)).toBeLessThan(0.01);
      before = now;
    }
  });
});
