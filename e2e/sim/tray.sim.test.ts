import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../src/protocol/codec.ts';
import type { Bytes } from '../../src/shared/bytes.ts';
import { auditLog } from './audit.ts';
import { create, goOffline, isAlive, nameOf, positionOf, twoPeople } from './two-people.ts';

describe('the tray', () => {
  it('O4: what was refused is kept with its name and its reason, and can be tried again', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const group = create(bert, { name: 'Group' });
    await simulation.quiesce();
    goOffline(anna);
    const gone = anna.pipeline.execute('entity.delete', { entities: [box] });
    bert.pipeline.execute('entity.reparent', { entity: box, parent: group });
    await simulation.run(300);
    await simulation.quiesce();
    expect(await gone.outcome).toMatchObject({ status: 'rejected', code: 'scope_changed' });
    const [item] = anna.session.tray.items;
    expect(item).toMatchObject({
      label: 'Delete Box',
      code: 'scope_changed',
      reason: 'Somebody else moved or deleted the object first.',
      superseded: false,
    });
    expect(isAlive(anna, box)).toBe(true);

    const again = await anna.session.tray.tryAgain(item?.id ?? '');
    await simulation.quiesce();
    expect(await again?.outcome).toMatchObject({ status: 'accepted' });
    expect(isAlive(bert, box)).toBe(false);
    expect(anna.session.tray.items).toEqual([]);
    expect(anna.tray.items.size).toBe(0);
    anna.pipeline.undo();
    await simulation.quiesce();
    expect(isAlive(bert, box)).toBe(true);
    expect(anna.hash).toBe(bert.hash);
  });

  it('O3, O4: what was superseded is kept, and wins when it is tried again', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    goOffline(anna);
    const edit = anna.pipeline.execute('transform.set', { entity: box, position: [1, 0, 0] });
    for (const x of [2, 3]) {
      bert.pipeline.execute('transform.set', { entity: box, position: [x, 0, 0] });
      await simulation.run(200);
    }
    await simulation.quiesce();
    expect(await edit.outcome).toMatchObject({ status: 'superseded' });
    expect(positionOf(anna, box)).toEqual([3, 0, 0]);
    const [item] = anna.session.tray.items;
    expect(item).toMatchObject({ superseded: true, code: 'changed_since' });
    await anna.session.tray.tryAgain(item?.id ?? '');
    await simulation.quiesce();
    expect(positionOf(bert, box)).toEqual([1, 0, 0]);
  });

  it('O4: a step that cannot be done now stays in the tray', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const group = create(bert, { name: 'Group' });
    await simulation.quiesce();
    goOffline(anna);
    anna.pipeline.execute('entity.reparent', { entity: box, parent: group });
    bert.pipeline.execute('entity.delete', { entities: [group] });
    await simulation.run(300);
    await simulation.quiesce();
    const [item] = anna.session.tray.items;
    expect(item).toMatchObject({ code: 'parent_deleted' });
    await expect(anna.session.tray.tryAgain(item?.id ?? '')).rejects.toThrow(/has been deleted/);
    expect(anna.session.tray.items).toHaveLength(1);
    await anna.session.tray.drop(item?.id ?? '');
    expect(anna.tray.items.size).toBe(0);
  });

  it('O4: it survives the page, and what it exports says what was done', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    goOffline(anna);
    anna.pipeline.execute('entity.rename', { entity: box, name: 'Anna’s' });
    for (const name of ['B', 'Bert’s']) {
      bert.pipeline.execute('entity.rename', { entity: box, name });
      await simulation.run(200);
    }
    await simulation.quiesce();
    anna.kill();
    await anna.open();
    await simulation.quiesce();
    const { items } = anna.session.tray;
    expect(items).toHaveLength(1);
    const exported = JSON.parse(anna.session.tray.export(items.map(({ id }) => id)));
    expect(exported).toMatchObject({ format: 'theta edits', version: 1 });
    const [edit] = exported.edits;
    expect(edit).toMatchObject({
      step: 'Rename Bert’s',
      code: 'changed_since',
      commands: [{ type: 'entity.rename', operation: { entity: box, name: 'Anna’s' } }],
    });
  });

  it('D2: a packet that the server will not read goes to the tray after three tries, and blocks nothing', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    goOffline(anna);
    anna.pipeline.execute('entity.rename', { entity: box, name: 'Broken' });
    await simulation.run(300);
    const later = create(anna, { name: 'Later' });
    await simulation.run(300);
    anna.kill();
    const [first] = [...anna.store.packets.values()];
    if (first === undefined) throw new Error('Nothing waits.');
    anna.store.packets.set(first.nonce, { ...first, bytes: wronglySigned(first.bytes) });
    anna.online = true;
    await anna.open();
    await simulation.quiesce();
    expect(isAlive(bert, later)).toBe(true);
    expect(nameOf(bert, box)).toBe('Box');
    expect(anna.hash).toBe(bert.hash);
    expect(anna.session.tray.items).toMatchObject([{ code: 'bad_signature', label: 'Rename Box' }]);
    expect(anna.notices.filter((code) => code === 'bad_signature').length).toBeLessThan(6);
    await anna.session.tray.tryAgain(anna.session.tray.items[0]?.id ?? '');
    await simulation.quiesce();
    expect(nameOf(bert, box)).toBe('Broken');
    const audit = await auditLog(simulation.storage, simulation.blobs, simulation.sessionId);
    expect(audit.faults).toEqual([]);
  });

  it('D2: a stored packet that makes no sense goes to the tray, and the page opens', async () => {
    const { simulation, anna, bert } = await twoPeople();
    goOffline(anna);
    create(anna, { name: 'Lost' });
    await simulation.run(300);
    const kept = create(anna, { name: 'Kept' });
    await simulation.run(300);
    anna.kill();
    const [first] = [...anna.store.packets.values()];
    if (first === undefined) throw new Error('Nothing waits.');
    anna.store.packets.set(first.nonce, { ...first, bytes: first.bytes.slice(0, 40) });
    anna.online = true;
    await anna.open();
    await simulation.quiesce();
    expect(isAlive(bert, kept)).toBe(true);
    expect(anna.session.tray.items).toMatchObject([{ readable: false }]);
    expect(anna.store.packets.size).toBe(0);
  });
});

function wronglySigned(packet: Bytes): Bytes {
  const { body, signature } = decode('Packet', packet);
  return encode('Packet', { body, signature: signature.map((byte) => byte ^ 0xff) });
}
