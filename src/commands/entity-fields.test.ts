import { describe, expect, it } from 'vitest';
import { MaterialLink } from '../ecs/components/index.ts';
import { Document } from '../ecs/document/document.ts';
import { type Entity, NO_ENTITY } from '../ecs/entity.ts';
import { encodeDocument } from '../replication/document-codec.ts';
import { loadDocument } from '../replication/document-loader.ts';
import { decodeStep, encodeStep } from './history-codec.ts';
import { CommandLog } from './log.ts';
import { NO_OBJECTION } from './permissions.ts';
import { CommandPipeline } from './pipeline.ts';

const AUTHOR = '00112233445566aa';

function setUp() {
  const document = new Document();
  const log = new CommandLog(document, document.sites.intern(AUTHOR, 1));
  const pipeline = new CommandPipeline({
    log,
    enqueue: () => undefined,
    objection: () => NO_OBJECTION,
  });
  const create = (components: object) => {
    const made = pipeline.execute('entity.create', { components });
    return (made.result as { entity: string }).entity;
  };
  // So that an entity's id and its handle in the world differ.
  create({});
  const [gold, brass] = [create({ material: {} }), create({ material: {} })];
  const ring = create({ materialLink: { material: gold } });
  const entityOf = (text: string) => document.entityOf(document.parseId(text)!) as Entity;
  const worn = (text = ring) => document.world.get(entityOf(text), MaterialLink)?.material;
  const wear = (material: unknown) =>
    pipeline.execute('component.set', {
      entity: ring,
      component: 'materialLink',
      value: { material },
    });
  return { document, log, pipeline, gold, brass, ring, entityOf, worn, wear };
}

describe('a field that names an entity', () => {
  it('is written by the text of an id, by its number, or null for none', () => {
    const { document, gold, brass, entityOf, worn, wear } = setUp();
    expect(worn()).toBe(entityOf(gold));
    wear(document.parseId(brass));
    expect(worn()).toBe(entityOf(brass));
    wear(null);
    expect(worn()).toBe(NO_ENTITY);
    expect(() => wear('brass')).toThrow('"brass" is not an entity id.');
    expect(() => wear(true)).toThrow('"material" needs an entity id.');
  });

  it('O5: is given back by undo and redo, also by steps that were stored', () => {
    const { document, log, pipeline, gold, brass, entityOf, worn, wear } = setUp();
    wear(brass);
    const step = pipeline.history.undoSteps.at(-1)!;
    const stored = decodeStep(document, log.site, encodeStep(document, log.site, step, false));
    expect(stored?.reversion()).toEqual(step.reversion());
    pipeline.undo();
    expect(worn()).toBe(entityOf(gold));
    pipeline.redo();
    expect(worn()).toBe(entityOf(brass));
  });

  it('survives the removal of its component and its undo', () => {
    const { pipeline, gold, ring, entityOf, worn } = setUp();
    pipeline.execute('component.set', { entity: ring, component: 'materialLink', value: null });
    expect(worn()).toBeUndefined();
    pipeline.undo();
    expect(worn()).toBe(entityOf(gold));
  });

  it('means the same in a copy and in a document that was loaded', () => {
    const { document, pipeline, gold, ring, entityOf, worn } = setUp();
    const copied = pipeline.execute('entity.duplicate', { entities: [ring] });
    const [copy = ''] = (copied.result as { entities: string[] }).entities;
    expect(worn(copy)).toBe(entityOf(gold));
    const loaded = new Document();
    loadDocument(loaded, encodeDocument(document));
    const there = (text: string) => loaded.entityOf(loaded.parseId(text)!) as Entity;
    expect(loaded.world.get(there(ring), MaterialLink)?.material).toBe(there(gold));
  });
});
