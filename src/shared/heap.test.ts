import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Heap } from './heap.ts';

interface Entry {
  readonly key: number;
}

it('a heap gives back what was put in, in order, however puts and takes alternate', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(20))), (steps) => {
      const heap = new Heap<Entry>((a, b) => a.key < b.key);
      const model: number[] = [];
      for (const step of steps) {
        if (step === null) expect(heap.take()?.key).toBe(model.shift());
        else {
          heap.add({ key: step });
          model.push(step);
          model.sort((a, b) => a - b);
        }
        expect(heap.first?.key).toBe(model[0]);
      }
    }),
  );
});
