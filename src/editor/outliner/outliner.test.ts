import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Hierarchy } from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import type { Editor } from '../editor.ts';
import { LocalSession } from '../testing/local-session.ts';

const names = (editor: Editor) =>
  editor.outliner.getState().rows.map((row) => `${'  '.repeat(row.depth)}${row.name}`);

function family() {
  const session = new LocalSession();
  const { document } = session;
  const create = (name: string, parent?: Entity) =>
    session.create({ name, ...(parent && { parent: document.idOf(parent) }) });
  const house = create('House');
  const door = create('Door', house);
  const knob = create('Knob', door);
  const tree = create('Tree');
  return { session, create, house, door, knob, tree, editor: session.editor() };
}

describe('rows', () => {
  it('lists the top level, and children of what is expanded', () => {
    const { editor, house, door } = family();
    expect(names(editor)).toEqual(['House', 'Tree']);
    editor.toggleExpanded(house);
    editor.toggleExpanded(door);
    expect(names(editor)).toEqual(['House', '  Door', '    Knob', 'Tree']);
    editor.toggleExpanded(house);
    expect(names(editor)).toEqual(['House', 'Tree']);
  });

  it('are worked out when they are read, and at each update while somebody listens', () => {
    const { editor, create } = family();
    const heard: number[] = [];
    create('Lamp');
    editor.update();
    const stop = editor.outliner.subscribe(({ rows }) => heard.push(rows.length));
    expect(names(editor)).not.toContain('Lamp');
    editor.update();
    expect(heard).toEqual([3]);
    stop();
    stop();
    create('Chair');
    editor.update();
    expect(heard, 'nobody is told').toEqual([3]);
    expect(names(editor)).toContain('Chair');
  });

  it('follows creation, renaming, deletion and undo', () => {
    const { session, editor, create, tree } = family();
    create('Lamp');
    editor.rename(tree, 'Oak');
    expect(names(editor)).toEqual(['House', 'Oak', 'Lamp']);
    session.delete(tree);
    editor.update();
    expect(names(editor)).toEqual(['House', 'Lamp']);
    editor.undo();
    expect(names(editor)).toEqual(['House', 'Oak', 'Lamp']);
  });

  it('O7: shows the child of a deleted parent under the nearest living ancestor', () => {
    const { session, editor, house, door, knob } = family();
    editor.reveal(knob);
    // As it arrives from somebody who deleted the door before the knob was there.
    session.document.writePlace(door, house, false, { lamport: 99, site: session.log.site });
    editor.update();
    expect(names(editor)).toEqual(['House', '  Knob', 'Tree']);
  });

  it('leaves records of assets out', () => {
    const { session, editor } = family();
    session.pipeline.execute('asset.add', {
      digest: 'ab'.repeat(32),
      kind: 'geometry',
      name: 'chair.glb',
      mediaType: 'model/gltf-binary',
      size: 12,
    });
    editor.update();
    expect(names(editor)).toEqual(['House', 'Tree']);
  });

  it('reveals what is selected', () => {
    const { editor, knob } = family();
    editor.select([knob]);
    const row = editor.outliner.getState().rows.find((each) => each.entity === knob);
    expect(row).toMatchObject({ depth: 2, selected: true });
  });

  it('shows who else has it selected, in their colours, and who drags it', () => {
    const { editor, tree } = family();
    const ben = { peer: '2', name: 'Ben', color: '#00ff00', role: 'editor' as const };
    editor.people.setState({ others: [{ ...ben, transport: 'webrtc', selection: [tree] }] });
    editor.update();
    const badges = () => editor.outliner.getState().rows.at(-1)?.peers;
    const badge = { peer: '2', name: 'Ben', color: '#00ff00', dragging: false };
    expect(badges()).toEqual([badge]);
    const pose = { position: [0, 0, 0], rotation: [0, 0, 0, 1], scale: [1, 1, 1] } as const;
    editor.showPeerPreview('2', new Map([[tree, pose]]));
    editor.update();
    expect(badges()).toEqual([{ ...badge, dragging: true }]);
  });

  it('F2: neither the list nor a row is made anew while nothing of it changes', () => {
    const { session, editor, house, tree } = family();
    const before = editor.outliner.getState().rows;
    session.pipeline.execute('transform.set', {
      entity: session.document.idOf(tree),
      position: [1, 2, 3],
    });
    editor.update();
    expect(editor.outliner.getState().rows).toBe(before);
    editor.rename(tree, 'Oak');
    expect(editor.outliner.getState().rows[0]).toBe(before[0]);
    expect(before[0]?.entity).toBe(house);
  });
});

describe('the filter', () => {
  it('keeps what matches and what is above it, expanded', () => {
    const { editor } = family();
    editor.setFilter(' kno ');
    expect(names(editor)).toEqual(['House', '  Door', '    Knob']);
    editor.setFilter('');
    expect(names(editor)).toEqual(['House', 'Tree']);
  });
});

describe('the kinds', () => {
  it('narrow the tree to some, with what is above them, and go with the filter', () => {
    const { session, editor, house } = family();
    const parent = session.document.idOf(house);
    session.create({ name: 'Lamp', parent, components: { light: {} } });
    session.create({ name: 'Sun', components: { light: { kind: 'directional' } } });
    session.create({ name: 'Sky', components: { environment: {} } });
    editor.setKinds(['light']);
    expect(names(editor)).toEqual(['House', '  Lamp', 'Sun']);
    editor.setFilter('su');
    expect(names(editor)).toEqual(['Sun']);
    editor.setFilter('');
    editor.setKinds(['surroundings', 'light']);
    expect(names(editor)).toEqual(['House', '  Lamp', 'Sun', 'Sky']);
    editor.setKinds([]);
    expect(names(editor)).toEqual(['House', 'Tree', 'Sun', 'Sky']);
  });
});

describe('random histories', () => {
  interface Step {
    readonly entity: number;
    readonly parent: number;
    readonly order: number;
    readonly alive: boolean;
    readonly look: boolean;
  }
  const COUNT = 12;
  const step: fc.Arbitrary<Step> = fc.record({
    entity: fc.nat(COUNT - 1),
    parent: fc.integer({ min: -1, max: COUNT - 1 }),
    order: fc.nat(5),
    alive: fc.boolean(),
    look: fc.boolean(),
  });

  it('O7: the rows are those of a tree that is built from scratch', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const session = new LocalSession();
        const { document } = session;
        const editor = session.editor();
        const entities = Array.from({ length: COUNT }, (_, i) => session.create({ name: `${i}` }));
        for (const { entity: at, parent: above, order, alive, look } of steps) {
          const entity = entities[at]!;
          const parent = above < 0 ? NO_ENTITY : entities[above]!;
          if (parent !== NO_ENTITY && document.isWithin(parent, entity)) continue;
          document.world.set(entity, Hierarchy, { parent, order: `a${order}`, alive });
          if (look) editor.update();
        }
        editor.update();
        expandAll(editor, entities);
        const shown = editor.outliner.getState().rows.map(({ entity, depth }) => [entity, depth]);
        expect(shown).toEqual(naiveRows(session, entities, NO_ENTITY, 0));
      }),
      { numRuns: 300 },
    );
  });

  function expandAll(editor: Editor, entities: readonly Entity[]): void {
    const expanded = new Set<Entity>();
    for (let round = 0; round < entities.length; round++) {
      for (const { entity, hasChildren } of editor.outliner.getState().rows) {
        if (!hasChildren || expanded.has(entity)) continue;
        expanded.add(entity);
        if (!isExpanded(editor, entity)) editor.toggleExpanded(entity);
      }
    }
  }

  const isExpanded = (editor: Editor, entity: Entity) =>
    editor.outliner.getState().rows.some((row) => row.entity === entity && row.expanded);

  function naiveRows(
    session: LocalSession,
    entities: readonly Entity[],
    parent: Entity,
    depth: number,
  ): unknown[] {
    const { document } = session;
    const key = (entity: Entity) =>
      `${document.orderOf(entity)} ${document.formatId(document.idOf(entity))}`;
    return entities
      .filter((each) => document.isAlive(each) && document.effectiveParent(each) === parent)
      .sort((a, b) => (key(a) < key(b) ? -1 : 1))
      .flatMap((each) => [[each, depth], ...naiveRows(session, entities, each, depth + 1)]);
  }
});
