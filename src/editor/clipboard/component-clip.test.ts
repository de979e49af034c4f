import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Light, Transform } from '../../ecs/components/index.ts';
import { LocalSession } from '../testing/local-session.ts';
import { parseComponentClip } from './component-clip.ts';

function setUp() {
  const session = new LocalSession();
  const create = (components: object) => session.create({ components });
  const lamp = create({ light: { kind: 'spot', angle: 0.5, intensity: 7 } });
  const sun = create({ light: { kind: 'directional' } });
  const box = create({ primitive: {} });
  const editor = session.editor();
  return { session, editor, world: session.document.world, lamp, sun, box };
}

describe('a component on the clipboard', () => {
  it('goes onto all of the selected, those without it too, in one step', () => {
    const { session, editor, world, lamp, sun, box } = setUp();
    editor.select([lamp]);
    const text = editor.copyComponent('light')!;
    editor.select([sun, box]);
    expect(editor.paste(text)).toBe(true);
    for (const entity of [sun, box]) {
      expect(world.get(entity, Light)).toMatchObject({ kind: 'spot', angle: 0.5, intensity: 7 });
    }
    expect(session.pipeline.history.undoLabel).toBe('Paste light to 2 objects');
    editor.undo();
    expect(world.has(box, Light)).toBe(false);
    expect(world.get(sun, Light)?.kind).toBe('directional');
  });

  it('is nothing of what the active object lacks', () => {
    const { editor, box } = setUp();
    editor.select([box]);
    expect(editor.copyComponent('light')).toBeUndefined();
    expect(editor.copyComponent('hierarchy')).toBeUndefined();
  });

  it('S5: that somebody made up leaves the document as it was', () => {
    const { session, editor, world, sun } = setUp();
    editor.select([sun]);
    const before = world.get(sun, Light);
    const clip = (component: string, value: object) =>
      JSON.stringify({ format: 'theta/component', version: 1, component, value });
    expect(editor.paste(clip('light', { intensity: -5 }))).toBe(true);
    expect(editor.paste(clip('light', { colour: 'red' }))).toBe(true);
    expect(editor.paste(clip('hierarchy', { alive: false }))).toBe(false);
    expect(world.get(sun, Light)).toEqual(before);
    expect(session.document.isAlive(sun)).toBe(true);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseComponentClip(text)).toBeUndefined();
        expect(parseComponentClip(`{"format":"theta/component"${text}`)).toBeUndefined();
      }),
    );
  });
});

describe('reset', () => {
  it('gives a field, or all of a component, its defaults in one step', () => {
    const { session, editor, world, lamp } = setUp();
    editor.select([lamp]);
    const field = (name: string) =>
      editor.inspector
        .getState()
        .sections.find(({ component }) => component === 'light')
        ?.fields.find((each) => each.name === name);
    expect(field('intensity')?.isDefault).toBe(false);
    editor.resetField('light', 'intensity');
    expect(world.get(lamp, Light)).toMatchObject({ intensity: 1, angle: 0.5 });
    expect(field('intensity')?.isDefault).toBe(true);
    editor.resetComponent('light');
    expect(world.get(lamp, Light)).toMatchObject({ kind: 'point', intensity: 1 });
    expect(session.pipeline.history.undoLabel).toBe('Reset light');
    editor.setField('transform', 'position', [1, 2, 3]);
    editor.setField('transform', 'rotation', [0, 90, 0]);
    editor.resetComponent('transform');
    expect(world.get(lamp, Transform)).toMatchObject({
      position: [0, 0, 0],
      rotation: [0, 0, 0, 1],
    });
  });
});
