import { expect, it } from 'vitest';
import { LocalSession, SCOPE_CHANGED } from '../../../editor/testing/local-session.ts';
import { ThetaApi, type ThetaApiParts } from '../theta-api.ts';
import type { PlainEntity } from './messages.ts';
import { SceneChanges } from './scene-changes.ts';

function setUp() {
  const session = new LocalSession();
  const { document } = session;
  const theta = new ThetaApi({ session: { document } } as unknown as ThetaApiParts);
  const changes = new SceneChanges(document, (id) => theta.get(id) as PlainEntity | undefined);
  const copy = new Map<string, PlainEntity>();
  /** Brings the copy up to date. Returns how many entities that took. */
  const follow = (): number => {
    const { changed, removed } = changes.take();
    for (const id of removed) copy.delete(id);
    for (const entity of changed) copy.set(entity.id, entity);
    return changed.length + removed.length;
  };
  const expectEqual = (): void => {
    const all = theta.entities().map((id) => [id, theta.get(id)] as const);
    expect(Object.fromEntries(copy)).toEqual(Object.fromEntries(all));
  };
  return { session, document, changes, follow, expectEqual };
}

it('tells everything at first, and afterwards only what has changed', () => {
  const { session, document, follow, expectEqual } = setUp();
  const box = session.create({ name: 'Box', components: { primitive: { kind: 'box' } } });
  session.create({ name: 'Ball' });
  expect(follow()).toBe(2);
  expectEqual();
  expect(follow()).toBe(0);
  const entity = document.idOf(box);
  session.pipeline.execute('transform.set', { entity, position: [1, 2, 3] });
  expect(follow()).toBe(1);
  session.pipeline.execute('component.set', { entity, component: 'primitive', value: null });
  expect(follow()).toBe(1);
  expectEqual();
});

it('tells of children that get another parent by a death, and by what undoes it (O7)', () => {
  const { session, document, follow, expectEqual } = setUp();
  const top = session.create({ name: 'Top' });
  const middle = session.create({ name: 'Middle', parent: document.idOf(top) });
  session.create({ name: 'Child', parent: document.idOf(middle) });
  follow();
  for (const entity of [top, middle]) {
    session.delete(entity);
    follow();
    expectEqual();
    session.pipeline.undo();
    follow();
    expectEqual();
  }
});

it('takes back what the server refuses', () => {
  const { session, document, follow, expectEqual } = setUp();
  const box = session.create();
  session.answer();
  follow();
  session.create({ parent: document.idOf(box) });
  follow();
  session.answer(SCOPE_CHANGED);
  expect(follow()).toBe(1);
  expectEqual();
});
