import { describe, expect, it } from 'vitest';
import { Light, Material, Name, Transform } from '../../ecs/components/index.ts';
import type { Entity } from '../../ecs/entity.ts';
import { type Editor, type InspectorField, MIXED } from '../editor.ts';
import { LocalSession } from '../testing/local-session.ts';

function field(editor: Editor, component: string, name: string): InspectorField {
  const { sections } = editor.inspector.getState();
  const section = sections.find((each) => each.component === component);
  return section!.fields.find((each) => each.name === name)!;
}

function setUp(...components: Record<string, unknown>[]) {
  const session = new LocalSession();
  const entities = components.map((each, at) =>
    session.create({ name: `Object ${at + 1}`, components: each }),
  );
  const editor = session.editor();
  editor.select(entities);
  const steps = () => session.pipeline.history.undoSteps.length - entities.length;
  return { session, editor, entities: entities as [Entity, ...Entity[]], steps };
}

describe('sections', () => {
  it('are the components of the registry that all selected objects have, none managed', () => {
    const { editor } = setUp({ primitive: {}, material: {} }, { light: {}, material: {} });
    const shown = editor.inspector.getState().sections.map((each) => each.component);
    expect(shown).toEqual(['transform', 'material']);
    expect(editor.inspector.getState().count).toBe(2);
  });

  it('carry what the registry says of a field', () => {
    const { editor } = setUp({ material: {} });
    expect(field(editor, 'material', 'roughness')).toMatchObject({
      label: 'Roughness',
      kind: 'number',
      stride: 1,
      value: 0.5,
      min: 0,
      max: 1,
      step: 0.01,
    });
    expect(field(editor, 'material', 'alphaMode').options).toEqual(['opaque', 'mask', 'blend']);
  });

  it('leave out fields that mean nothing for the kind', () => {
    const { editor } = setUp({ primitive: { kind: 'sphere' } });
    const section = editor.inspector.getState().sections.find((e) => e.component === 'primitive');
    expect(section!.fields.map((each) => each.name)).toEqual(['kind', 'radius', 'segments']);
  });

  it('offer what may be added, and take away what may go', () => {
    const { session, editor, entities } = setUp({ primitive: {} });
    const { addable } = editor.inspector.getState();
    expect(addable.map((each) => each.component)).toEqual([
      'material',
      'light',
      'camera',
      'shapeDetail',
      'environment',
      'fog',
    ]);
    editor.addComponent('light');
    expect(session.document.world.has(entities[0], Light)).toBe(true);
    editor.removeComponent('light');
    expect(session.document.world.has(entities[0], Light)).toBe(false);
  });

  it('follow what others change', () => {
    const { session, editor, entities } = setUp({ material: {} });
    session.pipeline.execute('material.set', {
      entity: session.document.idOf(entities[0]),
      roughness: 0.9,
    });
    editor.update();
    expect(field(editor, 'material', 'roughness').value).toBe(0.9);
  });

  it('F2: nothing is derived while no selected object changes', () => {
    const { session, editor } = setUp({ material: {} });
    const before = editor.inspector.getState();
    session.create({ name: 'Elsewhere' });
    editor.update();
    expect(editor.inspector.getState()).toBe(before);
  });
});

describe('several objects', () => {
  it('show what differs as mixed, element by element', () => {
    const { editor } = setUp(
      { transform: { position: [1, 2, 3] } },
      { transform: { position: [1, 5, 3] } },
    );
    expect(field(editor, 'transform', 'position').value).toEqual([1, MIXED, 3]);
    expect(editor.inspector.getState().name).toBe(MIXED);
  });

  it('O5: are set in one undo step, each keeping the elements that are not set', () => {
    const { session, editor, entities, steps } = setUp(
      { transform: { position: [1, 2, 3] } },
      { transform: { position: [4, 5, 6] } },
    );
    editor.setField('transform', 'position', [null, 0, null]);
    const positions = entities.map((each) => session.document.world.get(each, Transform)!.position);
    expect(positions).toEqual([
      [1, 0, 3],
      [4, 0, 6],
    ]);
    expect(steps()).toBe(1);
    expect(editor.history.getState().undoLabel).toBe('Set position of 2 objects');
  });

  it('are each changed from their own value by an expression', () => {
    const { session, editor, entities } = setUp(
      { transform: { position: [1, 2, 3] } },
      { transform: { position: [4, 5, 6] } },
    );
    expect(editor.setFieldText('transform', 'position', 0, '*2')).toBe(true);
    expect(editor.setFieldText('transform', 'position', 0, 'two')).toBe(false);
    const first = entities.map((each) => session.document.world.get(each, Transform)!.position[0]);
    expect(first).toEqual([2, 8]);
  });
});

describe('values', () => {
  it('show a rotation in degrees, and keep the angles that were typed', () => {
    const { session, editor, entities } = setUp({});
    editor.setField('transform', 'rotation', [null, 120, null]);
    expect(field(editor, 'transform', 'rotation')).toMatchObject({
      kind: 'euler',
      stride: 3,
      unit: '°',
      value: [0, 120, 0],
    });
    const sine = Math.sin(Math.PI / 3);
    const { rotation } = session.document.world.get(entities[0], Transform)!;
    for (const [at, value] of [0, sine, 0, 0.5].entries())
      expect(rotation[at]).toBeCloseTo(value, 6);
  });

  it('forget typed angles once somebody turns the object', () => {
    const { session, editor, entities } = setUp({});
    editor.setField('transform', 'rotation', [null, 120, null]);
    session.pipeline.execute('transform.set', {
      entity: session.document.idOf(entities[0]),
      rotation: [0, 0, 0, 1],
    });
    editor.update();
    expect(field(editor, 'transform', 'rotation').value).toEqual([0, 0, 0]);
  });

  it('show radians as degrees and 32-bit floats as they were typed', () => {
    const { editor } = setUp({ light: { kind: 'spot' } });
    expect(field(editor, 'light', 'angle')).toMatchObject({
      value: 45,
      min: 0,
      max: 90,
      unit: '°',
    });
    editor.setField('light', 'angle', 30);
    expect(field(editor, 'light', 'angle').value).toBe(30);
    editor.setField('light', 'penumbra', 0.1);
    expect(field(editor, 'light', 'penumbra').value).toBe(0.1);
  });

  it('are brought into their range, and whole where they must be', () => {
    const { editor } = setUp({ primitive: { kind: 'sphere' }, material: {} });
    editor.setField('material', 'roughness', 3);
    expect(field(editor, 'material', 'roughness').value).toBe(1);
    editor.setField('primitive', 'segments', 7.6);
    expect(field(editor, 'primitive', 'segments').value).toBe(8);
  });

  it('are renamed by the name of their section', () => {
    const { session, editor, entities } = setUp({});
    editor.setField('name', 'value', 'Chair');
    expect(session.document.world.get(entities[0], Name)?.value).toBe('Chair');
  });

  it('of unknown fields are an error', () => {
    const { editor } = setUp({});
    expect(() => editor.setField('hierarchy', 'alive', false)).toThrow(/no field hierarchy\.alive/);
  });
});

describe('scrubbing', () => {
  it('shows each value and writes the last one as one step', () => {
    const { session, editor, entities, steps } = setUp({ transform: { position: [1, 0, 0] } });
    const drag = editor.beginFieldDrag('transform', 'position');
    for (const x of [2, 3, 4]) drag.update([x, null, null]);
    expect(editor.preview.getState().own.get(entities[0])?.position).toEqual([4, 0, 0]);
    editor.update();
    expect(field(editor, 'transform', 'position').value).toEqual([4, 0, 0]);
    expect(session.document.world.get(entities[0], Transform)?.position).toEqual([1, 0, 0]);
    drag.commit();
    expect(session.document.world.get(entities[0], Transform)?.position).toEqual([4, 0, 0]);
    expect(editor.preview.getState().own.size).toBe(0);
    expect(steps()).toBe(1);
  });

  it('previews other components too, and leaves nothing when it is cancelled', () => {
    const { session, editor, entities, steps } = setUp({ material: {} });
    const drag = editor.beginFieldDrag('material', 'roughness');
    drag.update(0.25);
    expect(editor.preview.getState().fields.get(entities[0])).toEqual({
      material: { roughness: 0.25 },
    });
    drag.cancel();
    drag.commit();
    expect(editor.preview.getState().fields.size).toBe(0);
    expect(session.document.world.get(entities[0], Material)?.roughness).toBe(0.5);
    expect(steps()).toBe(0);
  });

  it('writes nothing when it ends where it began', () => {
    const { editor, steps } = setUp({ material: {} });
    const drag = editor.beginFieldDrag('material', 'roughness');
    drag.update(0.25);
    drag.update(0.5);
    drag.commit();
    expect(steps()).toBe(0);
  });
});

describe('who may change what', () => {
  it('S4: a viewer reads, and is told why nothing changes', () => {
    const { session, editor, entities } = setUp({ material: {} });
    editor.connection.setState({ role: 'viewer' });
    editor.update();
    expect(editor.inspector.getState().readOnly).toBe(true);
    editor.setField('material', 'roughness', 0.9);
    editor.beginFieldDrag('material', 'roughness').commit();
    expect(session.document.world.get(entities[0], Material)?.roughness).toBe(0.5);
    expect(editor.notices.getState().items[0]?.text).toMatch(/as a viewer/);
  });

  it('a locked object keeps its values among others that change', () => {
    const { session, editor, entities } = setUp({ material: {} }, { material: {} });
    editor.setFlag([entities[0]], 'locked', true);
    editor.setField('material', 'roughness', 0.9);
    const rough = entities.map((each) => session.document.world.get(each, Material)!.roughness);
    expect(rough[0]).toBe(0.5);
    expect(rough[1]).toBeCloseTo(0.9);
  });
});
