import { beforeAll, describe, expect, it } from 'vitest';
import { EPHEMERAL_COMMANDS } from '../../src/commands/ephemeral.ts';
import { createLinkId, createToken, hashToken } from '../../src/commands/governance/link-token.ts';
import type { RequiredRole } from '../../src/commands/permissions.ts';
import { LOGGED_COMMANDS } from '../../src/commands/registry.ts';
import { entityId, NO_ENTITY_ID } from '../../src/ecs/document/entity-id.ts';
import { NO_STAMP } from '../../src/ecs/document/stamps.ts';
import { encode } from '../../src/protocol/codec.ts';
import {
  AssetKind,
  type EphemeralOp,
  type Ops,
  RevertDirection,
} from '../../src/protocol/generated/types.ts';
import { toHex } from '../../src/shared/bytes.ts';
import { ROLES, type Role } from '../../src/shared/roles.ts';
import { counted, Forger } from './crafted.ts';
import { fastSigner } from './fast-signing.ts';
import type { SimPeer } from './sim-peer.ts';
import { Simulation } from './simulation.ts';
import { create } from './two-people.ts';

/** What a command needs, and an operation of it that reads well. A new command has no excuse. */
interface Row {
  readonly needs: RequiredRole;
  readonly op: (forger: Forger, counter: number) => unknown;
}

const box = (forger: Forger) => entityId(forger.siteOf('bert', 0), 1);
const patchOf = (forger: Forger, name: string) => ({
  component: forger.document.componentIndex(name) as number,
  fields: [],
});
const keyOf = (author: string): string => toHex(fastSigner(author).publicKey);
const removal = () => ({
  key: keyOf('bystander'),
  link: createLinkId(),
  tokenHash: hashToken(createToken()),
});

const TABLE: Readonly<Record<Ops['type'], Row>> = {
  EntityCreate1: {
    needs: 'editor',
    op: (f, n) => ({
      entity: entityId(f.site, n),
      parent: NO_ENTITY_ID,
      order: 'a0',
      components: [],
    }),
  },
  HistoryRestore1: {
    needs: 'editor',
    op: (f) => {
      const place = { entity: box(f), parent: NO_ENTITY_ID, alive: true, expect: NO_STAMP };
      return { seq: 1, places: [place], orders: [], components: [] };
    },
  },
  VersionName1: { needs: 'editor', op: () => ({ seq: 1, name: 'Draft' }) },
  EntityDelete1: {
    needs: 'editor',
    op: (f) => ({ places: [{ entity: box(f), expect: NO_STAMP }] }),
  },
  EntityDuplicate1: {
    needs: 'editor',
    op: (f, n) => ({ sources: [box(f)], first: n, parent: NO_ENTITY_ID, order: 'a0' }),
  },
  EntityRename1: { needs: 'editor', op: (f) => ({ entity: box(f), name: 'Mine' }) },
  EntityReparent1: {
    needs: 'editor',
    op: (f) => ({ entity: box(f), parent: NO_ENTITY_ID, order: 'a0', expect: NO_STAMP }),
  },
  EntityReorder1: { needs: 'editor', op: (f) => ({ entity: box(f), order: 'a1' }) },
  TransformSet1: { needs: 'editor', op: (f) => ({ entity: box(f), position: [1, 2, 3] }) },
  TransformSet2: { needs: 'editor', op: (f) => ({ entity: box(f), position: [1, 2, 3] }) },
  TransformTranslate1: { needs: 'editor', op: (f) => ({ entity: box(f), offset: [1, 2, 3] }) },
  TransformTranslate2: { needs: 'editor', op: (f) => ({ entity: box(f), offset: [1, 2, 3] }) },
  TransformRotate1: { needs: 'editor', op: (f) => ({ entity: box(f), rotation: [0, 0, 0, 1] }) },
  TransformRotate2: { needs: 'editor', op: (f) => ({ entity: box(f), rotation: [0, 0, 0, 1] }) },
  TransformScale1: { needs: 'editor', op: (f) => ({ entity: box(f), factor: [2, 2, 2] }) },
  TransformScale2: { needs: 'editor', op: (f) => ({ entity: box(f), factor: [2, 2, 2] }) },
  ComponentSet1: {
    needs: 'editor',
    op: (f) => ({ entity: box(f), patch: patchOf(f, 'light'), remove: false }),
  },
  MaterialSet1: {
    needs: 'editor',
    op: (f) => ({ entity: box(f), patch: patchOf(f, 'material'), remove: false }),
  },
  AssetAdd1: {
    needs: 'editor',
    op: (f, n) => ({
      entity: entityId(f.site, n),
      digest: 'ab'.repeat(32),
      kind: AssetKind.source,
      size: 1,
      name: 'a.obj',
      mediaType: '',
    }),
  },
  HistoryRevert1: {
    needs: 'editor',
    op: (f) => ({
      direction: RevertDirection.undo,
      target: { lamport: 1, site: f.site },
      places: [],
      components: [],
    }),
  },
  MemberAdmit1: {
    needs: 'session',
    op: () => ({ key: keyOf('friend'), role: 'admin', link: 'admins', name: 'Friend' }),
  },
  RoleSet1: { needs: 'admin', op: () => ({ key: keyOf('bystander'), role: 'editor' }) },
  MemberRemove1: { needs: 'admin', op: removal },
  MemberBan1: { needs: 'admin', op: removal },
  MemberUnban1: { needs: 'admin', op: () => ({ key: keyOf('bystander') }) },
  LinkCreate1: {
    needs: 'admin',
    op: () => ({
      id: createLinkId(),
      role: 'admin',
      tokenHash: hashToken(createToken()),
      label: '',
    }),
  },
  LinkRevoke1: { needs: 'admin', op: () => ({ link: 'viewers' }) },
  SessionLock1: { needs: 'admin', op: () => ({ locked: false }) },
};

const EPHEMERAL_OPS: Readonly<Record<EphemeralOp['type'], EphemeralOp>> = {
  SelectionHighlight1: { type: 'SelectionHighlight1', value: { sites: [], entities: [] } },
  ToolActivate1: { type: 'ToolActivate1', value: { tool: 'move' } },
  ToolDeactivate1: { type: 'ToolDeactivate1', value: { tool: 'move' } },
  ViewFollow1: { type: 'ViewFollow1', value: { peer: 0 } },
  ViewGather1: { type: 'ViewGather1', value: {} },
};

describe.each(ROLES)('S4: what a %s’s page may send, whatever it thinks', (role) => {
  let simulation: Simulation;
  let actor: SimPeer;
  let bert: SimPeer;
  let forger: Forger;

  beforeAll(async () => {
    simulation = await Simulation.create(1);
    bert = await simulation.peer({ author: 'bert' });
    actor = await simulation.peer({ author: 'actor', role });
    const bystander = await simulation.peer({ author: 'bystander' });
    await simulation.quiesce();
    create(bert, { name: 'Box' });
    await simulation.quiesce();
    bystander.kill();
    simulation.peers.splice(simulation.peers.indexOf(bystander), 1);
    forger = new Forger(simulation, actor);
  });

  it.each(LOGGED_COMMANDS.map((definition, at) => [definition.type, definition, at] as const))(
    '%s',
    async (type, definition, at) => {
      const { needs, op } = TABLE[definition.ops];
      expect(definition.role).toBe(needs);
      const entry = forger.entry(type, op(forger, 100 + at), 1000 + at);
      const reasons = await forger.judge(entry);
      expect(reasons[0] === 'role').toBe(!isEnough(role, needs));
    },
  );

  it.each(EPHEMERAL_COMMANDS.map((definition) => [definition.type, definition] as const))(
    '%s',
    async (_, { op, role: needs }) => {
      expect(needs).toBe(op === 'ViewGather1' ? 'admin' : 'viewer');
      const value = { id: 1, peer: 0, op: EPHEMERAL_OPS[op] };
      const calls: number[] = [];
      bert.session.peers.onGather = (peer) => calls.push(peer);
      await forger.send(encode('ClientMessage', { payload: { type: 'Ephemeral', value } }));
      const seen = bert.session.peers.all.find(({ author }) => author === keyOf('actor'));
      if (op === 'ToolActivate1') expect(seen?.tool).toBe('move');
      if (op === 'ToolDeactivate1') expect(seen?.tool).toBeUndefined();
      const isCalled = op === 'ViewGather1' && isEnough(role, needs);
      expect(calls).toEqual(isCalled ? [actor.session.peer] : []);
    },
  );

  it('presence', async () => {
    const seen: number[] = [];
    bert.session.onPresence = ({ peer }) => seen.push(peer);
    actor.session.sendPresence({ tick: 1, fov: 50 });
    await simulation.run(500);
    expect(seen).toEqual([actor.session.peer]);
  });
});

describe('S4: what is sent between a ban and the end of the line', () => {
  it('is refused or shown to nobody, of every kind', async () => {
    const simulation = await Simulation.create(2);
    const admin = await simulation.peer({ author: 'admin', role: 'admin' });
    const actor = await simulation.peer({ author: 'actor', role: 'admin' });
    const bert = await simulation.peer({ author: 'bert' });
    await simulation.quiesce();
    const forger = new Forger(simulation, actor);
    // The ban is judged, and its record is on its way to the disk for a long while.
    simulation.storage.slowestMs = 60_000;
    admin.pipeline.execute('member.ban', { author: keyOf('actor') });
    await simulation.run(300);
    expect(actor.session.status).toBe('connected');
    const shown: number[] = [];
    bert.session.onPresence = ({ peer }) => shown.push(peer);
    actor.session.sendPresence({ tick: 1, fov: 50 });
    const relayed = actor.session.showEphemeral('tool.activate', { tool: 'move' });
    const entries = LOGGED_COMMANDS.map((definition, at) =>
      forger.entry(definition.type, TABLE[definition.ops].op(forger, 100 + at), 1000 + at),
    );
    for (const [at, entry] of entries.entries()) {
      const { lamport } = entry.stamp;
      const packet = await forger.seal({
        entries: forger.entries(entry),
        lamport,
        nonce: 1 + at,
      });
      const value = { packet };
      actor.transport?.send(
        'reliable',
        encode('ClientMessage', { payload: { type: 'Submit', value } }),
      );
    }
    await simulation.run(300);
    expect(await relayed.outcome).toMatchObject({ status: 'rejected', code: 'role' });
    expect(shown).toEqual([]);
    await simulation.until('closed', () => actor.session.isOver);
    expect(actor.session.problem?.code).toBe('closed_4403');
    const refused = 'theta_entries_total{verdict="refused",reason="role"}';
    expect(await counted(simulation, refused)).toBe(LOGGED_COMMANDS.length);
  });
});

function isEnough(role: Role, needs: RequiredRole): boolean {
  return needs !== 'session' && ROLES.indexOf(role) >= ROLES.indexOf(needs);
}
