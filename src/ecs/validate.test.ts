import { describe, expect, it } from 'vitest';
import { Camera, DOCUMENT_COMPONENTS, Material, Name, Primitive } from './components/index.ts';
import { componentProblem, valueProblem } from './validate.ts';
import { World } from './world.ts';

describe('validation', () => {
  it('accepts the defaults of every component of the document, also as read from columns', () => {
    const world = new World();
    const target = world.spawn();
    for (const component of DOCUMENT_COMPONENTS) {
      for (const field of component.fields) {
        expect(valueProblem(field, field.default), `${component.name}.${field.name}`).toBe(
          undefined,
        );
      }
      world.add(target, component);
      expect(componentProblem(component, world.get(target, component)!)).toBe(undefined);
    }
  });

  it('accepts a bound that a 32-bit float cannot hold exactly, as the column gives it back', () => {
    expect(valueProblem(Camera.schema.near, Math.fround(0.0001))).toBe(undefined);
  });

  it.each([
    [Primitive, { radius: 0 }, 'primitive.radius must be at least 0.0001.'],
    [Primitive, { segments: 257 }, 'primitive.segments must be at most 256.'],
    [Material, { color: [0, 0, 1.5, 1] }, 'material.color must be at most 1.'],
    [Material, { alphaMode: 'none' }, 'material.alphaMode needs one of opaque, mask, blend.'],
    [Material, { normalMap: 'abc' }, 'material.normalMap needs a content hash in hexadecimal.'],
    [Name, { value: 'x'.repeat(257) }, 'name.value has at most 256 characters.'],
    [Name, { toString: 'x' }, 'name has no field "toString".'],
  ])('refuses a value out of bounds by name: %#', (component, value, problem) => {
    expect(componentProblem(component, value)).toBe(problem);
  });

  it('accepts a hash or none, and leaves out what is undefined', () => {
    const value = { normalMap: 'ab'.repeat(32), emissiveMap: '', color: undefined };
    expect(componentProblem(Material, value)).toBe(undefined);
  });
});
