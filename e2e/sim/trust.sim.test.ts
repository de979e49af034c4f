import { beforeEach, describe, expect, it } from 'vitest';
import type { HistoryRevertOp } from '../../src/commands/definitions/history-revert.ts';
import { entityId, NO_ENTITY_ID } from '../../src/ecs/document/entity-id.ts';
import { NO_STAMP } from '../../src/ecs/document/stamps.ts';
import { encode } from '../../src/protocol/codec.ts';
import { RevertDirection } from '../../src/protocol/generated/types.ts';
import { type Bytes, concatBytes, toHex } from '../../src/shared/bytes.ts';
import { counted, Forger } from './crafted.ts';
import { fastSigner } from './fast-signing.ts';
import { create, isAlive, nameOf, type TwoPeople, twoPeople } from './two-people.ts';

const BAD_MESSAGES = 'theta_bad_messages_total';

describe('S1, S3, S5: what is refused before it is judged', () => {
  let people: TwoPeople;
  let forger: Forger;
  let good: Bytes;

  beforeEach(async () => {
    people = await twoPeople();
    forger = new Forger(people.simulation, people.anna);
    good = forger.entries(forger.entry('entity.rename', { entity: own(1), name: 'Forged' }));
  });

  function own(counter: number) {
    return entityId(forger.site, counter);
  }

  /** Refused with a name, counted under it, and without any other effect. */
  async function expectFault(code: string, packet: Bytes | Promise<Bytes>): Promise<void> {
    const { simulation, anna, bert, box } = people;
    const before = bert.hash;
    const records = (await simulation.storage.lastRecord(simulation.sessionId))?.index;
    await forger.submit(await packet);
    expect(anna.notices).toEqual([code]);
    expect(await counted(simulation, `${BAD_MESSAGES}{reason="${code}"}`)).toBe(1);
    expect(bert.hash).toBe(before);
    expect((await simulation.storage.lastRecord(simulation.sessionId))?.index).toBe(records);
    // Neither the nonce nor the connection is lost by it.
    anna.pipeline.execute('entity.rename', { entity: box, name: 'Honest' });
    await simulation.quiesce();
    expect(nameOf(bert, box)).toBe('Honest');
    expect(await simulation.serverHash()).toBe(anna.hash);
  }

  it('S1: a packet that nobody signed', async () => {
    const packet = await forger.seal({ entries: good });
    packet.fill(0, packet.length - 64);
    await expectFault('bad_signature', packet);
    expect(await counted(people.simulation, 'theta_signature_rejections_total')).toBe(1);
  });

  it('S1: a packet with a byte changed on its way', async () => {
    const packet = await forger.seal({ entries: good });
    const at = packet.findIndex(
      (_, i) => String.fromCharCode(...packet.subarray(i, i + 6)) === 'Forged',
    );
    expect(at).toBeGreaterThan(0);
    packet[at] = 'X'.charCodeAt(0);
    await expectFault('bad_signature', packet);
  });

  it('S1: a packet signed by another', () =>
    expectFault('wrong_author', forger.seal({ entries: good }, 'bert')));

  it('S1: a packet of another replica', () =>
    expectFault('wrong_author', forger.seal({ entries: good, replica: 9 })));

  it('S1: a packet for another session', () =>
    expectFault('wrong_session', forger.seal({ entries: good, session: new Uint8Array(16) })));

  it('S5: bytes that are no packet', () => expectFault('truncated', new Uint8Array(3)));

  it('S5: a packet cut short anywhere has no effect', async () => {
    const { simulation, bert } = people;
    const packet = await forger.seal({ entries: good });
    const before = bert.hash;
    for (let length = 1; length < packet.length; length += 23) {
      await forger.submit(packet.slice(0, length));
    }
    expect(bert.hash).toBe(before);
    expect(await simulation.serverHash()).toBe(before);
  });

  it('S3: a packet over 64 KiB', async () => {
    const large = concatBytes(await forger.seal({ entries: good }), new Uint8Array(65_536));
    const { simulation, bert } = people;
    const before = bert.hash;
    await forger.submit(large);
    expect(people.anna.notices).toHaveLength(1);
    expect(bert.hash).toBe(before);
    expect(await simulation.serverHash()).toBe(before);
  });

  it('S5: entries that are no entries', () =>
    expectFault('truncated', forger.seal({ entries: new Uint8Array(4) })));

  it.each([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
  ])('S3: a number that is %s', async (_, bad) => {
    // Numbers without a byte of zeros are written whole.
    const recognisable = Math.fround(1234.567);
    const op = { entity: own(1), position: [Math.fround(0.1), recognisable, Math.fround(0.3)] };
    const entries = forger.entries(forger.entry('transform.set', op));
    const view = new DataView(entries.buffer, entries.byteOffset, entries.byteLength);
    let at = 0;
    while (view.getFloat32(at, true) !== recognisable) at += 1;
    view.setFloat32(at, bad, true);
    await expectFault('not_finite', forger.seal({ entries }));
  });

  it('S5: entries of somebody else in a packet of one’s own', () => {
    const other = forger.siteOf('bert', 0);
    const entry = {
      ...forger.entry('entity.rename', { entity: own(1), name: 'X' }),
      stamp: { lamport: 9, site: other },
    };
    const stolen = new Forger(people.simulation, people.bert).entries(entry);
    return expectFault('malformed_entries', forger.seal({ entries: stolen }));
  });

  it('D5: entries in a blob that nobody has brought', () =>
    expectFault('blob_missing', forger.seal({ blob: new Uint8Array(32), blobSize: 100 })));

  it('D5: a packet without entries', () => expectFault('malformed', forger.seal({})));

  it('D2: the same number for other bytes is a replay', async () => {
    const { simulation, bert } = people;
    const before = bert.hash;
    await forger.submit(await forger.seal({ entries: good, nonce: 1 }));
    expect(people.anna.notices).toEqual(['replay']);
    expect(await counted(simulation, 'theta_replay_rejections_total')).toBe(1);
    expect(bert.hash).toBe(before);
  });

  it('D2: a gap in the numbers is answered with the number that is expected', async () => {
    const { simulation, bert } = people;
    const before = bert.hash;
    await forger.submit(await forger.seal({ entries: good, nonce: forger.nonce + 3 }));
    expect(await counted(simulation, 'theta_packets_total{outcome="gap"}')).toBe(1);
    expect(bert.hash).toBe(before);
  });

  it('S5: a message of an unknown kind ends nothing', async () => {
    const { simulation, bert } = people;
    const before = bert.hash;
    const message = encode('ClientMessage', {
      payload: { type: 'Submit', value: { packet: good } },
    });
    const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
    for (let at = 0; at < 32; at++) {
      const changed = message.slice();
      changed[at] = view.getUint8(at) ^ 0x55;
      await forger.send(changed);
    }
    await simulation.run(20_000);
    await simulation.quiesce();
    expect(bert.hash).toBe(before);
  });

  it('S3: eight bad messages end the connection, and no other', async () => {
    const { simulation, anna, bert } = people;
    for (let i = 0; i < 8; i++) await forger.submit(new Uint8Array(3));
    expect(anna.session.problem?.code ?? 'closed_4400').toBe('closed_4400');
    expect(bert.session.counters.faults).toBe(0);
    await simulation.quiesce();
  });

  it('S5: a malformed packet makes nobody known: the log is read again as it was judged', async () => {
    const { simulation, anna, bert, box } = people;
    const guest = await simulation.peer({ author: 'guest' });
    await simulation.quiesce();
    const guestForger = new Forger(simulation, guest);
    const packet = await guestForger.seal({ entries: new Uint8Array(4) });
    await guestForger.submit(packet);
    const stranger = forger.siteOf('guest', 0);
    const revert: HistoryRevertOp = {
      direction: RevertDirection.undo,
      target: { lamport: 1, site: forger.site },
      places: [
        {
          entity: own(1),
          parent: NO_ENTITY_ID,
          alive: true,
          expect: { lamport: 1, site: forger.site },
          stamp: { lamport: 1, site: stranger },
        },
      ],
      components: [],
    };
    expect(await forger.judge(forger.entry('history.revert', revert))).toEqual(['invalid_value']);
    await simulation.quiesce();
    expect(isAlive(bert, box)).toBe(true);
    expect(await simulation.serverHash()).toBe(anna.hash);
    for (const peer of simulation.peers) expect(peer.notices).not.toContain('diverged');
  });
});

describe('what is judged, and refused', () => {
  it('O1: minting an id of somebody else', async () => {
    const { simulation, anna, bert } = await twoPeople();
    create(bert);
    await simulation.quiesce();
    const forger = new Forger(simulation, anna);
    const entity = entityId(forger.siteOf('bert', 0), 77);
    const op = { entity, parent: NO_ENTITY_ID, order: 'a0', components: [] };
    expect(await forger.judge(forger.entry('entity.create', op))).toEqual(['not_own']);
    expect(anna.hash).toBe(bert.hash);
  });

  it('O1: a clock more than 65,536 ahead of the server’s', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const { lamport } = anna.session.log;
    const forger = new Forger(simulation, anna);
    const op = { entity: entityId(forger.site, 1), name: 'Later' };
    const rename = (clock: number) => {
      const entry = forger.entry('entity.rename', op, clock);
      return forger.seal({ entries: forger.entries(entry), lamport: clock });
    };
    await forger.submit(await rename(lamport + 65_537));
    expect(await forger.lastVerdicts()).toEqual([{ verdict: 2, reason: 15 }]);
    anna.session.outbox.raiseNonce(forger.nonce + 1);
    await forger.submit(await rename(lamport + 65_536));
    expect(await forger.lastVerdicts()).toEqual([{ verdict: 0, reason: 0 }]);
    expect(nameOf(bert, box)).toBe('Later');
  });

  it('S4: a viewer’s packet, whatever its page thinks', async () => {
    const { simulation, bert } = await twoPeople();
    const vera = await simulation.peer({ author: 'vera', role: 'viewer' });
    await simulation.quiesce();
    expect(() => create(vera)).toThrow(/role/);
    const forger = new Forger(simulation, vera);
    const op = {
      entity: entityId(forger.site, 1),
      parent: NO_ENTITY_ID,
      order: 'a0',
      components: [],
    };
    expect(await forger.judge(forger.entry('entity.create', op))).toEqual(['role']);
    await simulation.quiesce();
    expect([...bert.session.document.entities()]).toHaveLength(1);
  });

  const box = (forger: Forger) => entityId(forger.site, 1);
  const badValues: [string, string, (forger: Forger) => [string, unknown]][] = [
    [
      'a rotation of no length',
      'invalid_value',
      (f) => ['transform.rotate', { entity: box(f), rotation: [0, 0, 0, 0] }],
    ],
    [
      'an order that is no key',
      'invalid_value',
      (f) => ['entity.reorder', { entity: box(f), order: '!' }],
    ],
    [
      'an entity that was never made',
      'no_such_entity',
      (f) => ['entity.rename', { entity: entityId(f.site, 99), name: 'x' }],
    ],
    [
      'a component set by commands of its own',
      'unknown_component',
      (f) => {
        const component = f.document.componentIndex('hierarchy') as number;
        return [
          'component.set',
          { entity: box(f), patch: { component, fields: [] }, remove: true },
        ];
      },
    ],
    [
      'a material that is too metallic',
      'invalid_value',
      (f) => {
        const component = f.document.componentIndex('material') as number;
        const fields = [{ field: 1, value: [2] }];
        return ['material.set', { entity: box(f), patch: { component, fields }, remove: false }];
      },
    ],
    [
      'no transform',
      'invalid_value',
      (f) => {
        const component = f.document.componentIndex('transform') as number;
        return [
          'component.set',
          { entity: box(f), patch: { component, fields: [] }, remove: true },
        ];
      },
    ],
    [
      'an undo of somebody else’s work',
      'not_own',
      (f) => {
        const expect = { lamport: 1, site: f.siteOf('bert', 0) };
        const place = {
          entity: box(f),
          parent: NO_ENTITY_ID,
          alive: false,
          expect,
          stamp: NO_STAMP,
        };
        const { undo: direction } = RevertDirection;
        return ['history.revert', { direction, target: expect, places: [place], components: [] }];
      },
    ],
    [
      'an undo that brings a writer newer than itself',
      'invalid_value',
      (f) => {
        const expect = { lamport: 1, site: f.site };
        const stamp = { lamport: 900, site: f.site };
        const place = { entity: box(f), parent: NO_ENTITY_ID, alive: true, expect, stamp };
        const { redo: direction } = RevertDirection;
        return ['history.revert', { direction, target: expect, places: [place], components: [] }];
      },
    ],
  ];

  it.each(badValues)('S3, S5: %s is refused as %s', async (_, reason, craft) => {
    const { simulation, anna, bert } = await twoPeople();
    create(bert);
    await simulation.quiesce();
    const before = bert.hash;
    const forger = new Forger(simulation, anna);
    expect(await forger.judge(forger.entry(...craft(forger)))).toEqual([reason]);
    await simulation.quiesce();
    expect(bert.hash).toBe(before);
    expect(anna.hash).toBe(before);
    expect(await simulation.serverHash()).toBe(before);
  });

  it('S3: over the rate packets are put off, use up no number, and are all taken in the end', async () => {
    const { simulation, anna, bert, box } = await twoPeople({
      packetBurst: 3,
      packetsPerSecond: 2,
    });
    for (let i = 0; i < 12; i++) {
      anna.pipeline.execute('entity.rename', { entity: box, name: `n${i}` });
      await simulation.run(110);
    }
    expect(anna.session.counters.rateLimitDrops).toBeGreaterThan(0);
    expect(await counted(simulation, 'theta_rate_limit_drops_total')).toBeGreaterThan(0);
    expect(anna.notices).toEqual(['rate']);
    await simulation.quiesce();
    expect(nameOf(bert, box)).toBe('n11');
    const records = await simulation.storage.readLog(simulation.sessionId, 0, 100);
    const own = records.filter(({ author }) => author === toHex(fastSigner('anna').publicKey));
    expect(own.map(({ nonce }) => nonce)).toEqual(own.map((_, i) => i + 1));
  });

  it('S3: who is slow to be told is not cut off; who sends on and on is, and nobody else', async () => {
    const { simulation, anna, bert } = await twoPeople();
    const before = bert.hash;
    const forger = new Forger(simulation, anna);
    const entry = forger.entry('entity.rename', { entity: entityId(forger.site, 1), name: 'X' });
    const ahead = forger.nonce + 5;
    const packet = await forger.seal({ entries: forger.entries(entry), nonce: ahead });
    const message = encode('ClientMessage', { payload: { type: 'Submit', value: { packet } } });
    const { transport } = anna;
    const flood = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        transport?.send('reliable', message);
        if (i % 100 === 99) await simulation.run(60);
      }
      await simulation.run(300);
    };
    await flood(400);
    expect(await counted(simulation, 'theta_rate_cutoffs_total')).toBe(0);
    expect(anna.transport).toBe(transport);
    await flood(400);
    expect(await counted(simulation, 'theta_rate_cutoffs_total')).toBe(1);
    await simulation.quiesce();
    expect(anna.transport).not.toBe(transport);
    expect(bert.hash).toBe(before);
    expect(bert.session.counters.faults).toBe(0);
  });
});
