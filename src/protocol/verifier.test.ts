import { describe, expect, it } from 'vitest';
import type { Bytes } from '../shared/bytes.ts';
import { decode, encode, type TableName } from './codec.ts';
import { type DecodeCode, DecodeError } from './decode-error.ts';
import type { Presence } from './generated/types.ts';
import { type Limits, limitsOf } from './limits.ts';
import { structsFrom } from './struct-vector.ts';
import { offsetPositions } from './testing/offsets.ts';
import { verify } from './verifier.ts';

interface Refusal {
  readonly code: DecodeCode;
  readonly subject: string;
}

function refusalOf(table: TableName, bytes: Bytes, limits: Partial<Limits> = {}): Refusal {
  try {
    verify(bytes, table, { ...limitsOf(table), ...limits });
  } catch (thrown) {
    if (thrown instanceof DecodeError) return { code: thrown.code, subject: thrown.subject };
    throw thrown;
  }
  throw new Error('accepted');
}

/** The buffer with the little-endian number at `at` replaced. */
function patched(bytes: Bytes, at: number, value: number, size: 1 | 2 | 4 = 4): Bytes {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  if (size === 1) view.setUint8(at, value);
  else if (size === 2) view.setUint16(at, value, true);
  else view.setUint32(at, value, true);
  return copy;
}

/** Where the first bytes of a little-endian float stand; the test's value must be unique. */
function positionOf(bytes: Bytes, value: number): number {
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 4 <= bytes.length; at++) if (view.getFloat32(at, true) === value) return at;
  throw new Error(`${value} is not there`);
}

const PRESENCE: Presence = { peer: 1, tick: 2, fov: 60.25, cursor: { x: 1.5, y: 2.5, z: 3.5 } };
const ID = { site: 0, counter: 1 };

describe('S5: the verifier refuses by name', () => {
  it('what is too short for a table, or too large', () => {
    expect(refusalOf('Ping', new Uint8Array(11)).code).toBe('truncated');
    const bytes = encode('Presence', PRESENCE);
    expect(refusalOf('Presence', bytes, { bytes: bytes.length - 1 }).code).toBe('too_large');
  });

  it('every truncation of a buffer', () => {
    const bytes = encode('ClientMessage', { payload: { type: 'Presence', value: PRESENCE } });
    for (let length = 0; length < bytes.length - 3; length++)
      expect(['truncated', 'out_of_bounds']).toContain(
        refusalOf('ClientMessage', bytes.slice(0, length)).code,
      );
  });

  it('numbers that are not finite, wherever they are', () => {
    const bytes = encode('Presence', PRESENCE);
    const infinity = patched(bytes, positionOf(bytes, 60.25), 0x7f800000);
    expect(refusalOf('Presence', infinity)).toEqual({
      code: 'not_finite',
      subject: 'Presence.fov',
    });
    const nan = patched(bytes, positionOf(bytes, 2.5), 0xffc00001);
    expect(refusalOf('Presence', nan).code).toBe('not_finite');
    const geometry = encode('Geometry', { submeshes: [{ positions: [1, 2, 7.25] }] });
    const inVector = patched(geometry, positionOf(geometry, 7.25), 0xff800000);
    expect(refusalOf('Geometry', inVector)).toEqual({
      code: 'not_finite',
      subject: 'Submesh.positions',
    });
  });

  it('64-bit numbers that JavaScript cannot hold', () => {
    const bytes = encode('Expected', { nonce: Number.MAX_SAFE_INTEGER });
    const high = bytes.indexOf(0x1f) - 2;
    expect(refusalOf('Expected', patched(bytes, high, 0x200000)).code).toBe('unsafe_integer');
  });

  it('unknown values of enums and flags, and booleans but 0 and 1', () => {
    const role = encode('RoleChanged', { role: 2 });
    const at = role.lastIndexOf(2);
    expect(refusalOf('RoleChanged', patched(role, at, 3, 1)).code).toBe('unknown_enum_value');
    const items = structsFrom('TransformSetItem', [
      {
        entity: ID,
        position: { x: 0, y: 0, z: 0 },
        rotation: { x: 0, y: 0, z: 0, w: 1 },
        scale: { x: 1, y: 1, z: 1 },
        fields: 7,
      },
    ]);
    const transforms = encode('TransformSet1', { items });
    const fields = transforms.lastIndexOf(7);
    expect(refusalOf('TransformSet1', patched(transforms, fields, 8, 1)).code).toBe(
      'unknown_enum_value',
    );
    expect(refusalOf('TransformSet1', patched(transforms, fields + 1, 1, 1)).code).toBe(
      'non_zero_padding',
    );
    const relayed = encode('Relayed', { id: 0, ok: true });
    const ok = relayed.lastIndexOf(1);
    expect(refusalOf('Relayed', patched(relayed, ok, 2, 1)).code).toBe('invalid_bool');
  });

  it('members of a union that it does not know, and a type without a value', () => {
    const bytes = encode('ClientMessage', { payload: { type: 'Ping', value: { id: 1 } } });
    const type = bytes.indexOf(6, 12);
    expect(refusalOf('ClientMessage', patched(bytes, type, 200, 1))).toEqual({
      code: 'unknown_union_member',
      subject: 'ClientPayload',
    });
    expect(refusalOf('ClientMessage', patched(bytes, type, 0, 1)).code).toBe('union_mismatch');
  });

  it('a missing required field', () => {
    const empty = encode('Ping', { id: 0 });
    expect(refusalOf('Packet', empty)).toEqual({ code: 'missing_field', subject: 'Packet.body' });
    expect(refusalOf('ClientMessage', empty).code).toBe('missing_field');
  });

  it('texts that are not UTF-8, not closed by a zero or too long', () => {
    const bytes = encode('Leave', { reason: 'goodbye' });
    const at = bytes.indexOf('g'.charCodeAt(0));
    expect(refusalOf('Leave', patched(bytes, at, 0xff, 1)).code).toBe('invalid_text');
    expect(refusalOf('Leave', patched(bytes, at + 7, 1, 1)).code).toBe('invalid_text');
    expect(refusalOf('Leave', bytes, { text: 6 }).code).toBe('too_large');
    const tool = encode('ToolActivate1', { tool: 'x'.repeat(65) });
    expect(refusalOf('ToolActivate1', tool)).toEqual({
      code: 'too_large',
      subject: 'ToolActivate1.tool',
    });
  });

  it('misaligned offsets and fields', () => {
    const bytes = encode('Leave', { reason: 'goodbye' });
    const root = new DataView(bytes.buffer).getUint32(0, true);
    expect(refusalOf('Leave', patched(bytes, 0, root + 1)).code).toBe('misaligned');
  });

  it('tables nested too deep, or too many', () => {
    const value = { payload: { type: 'Presence', value: PRESENCE } } as const;
    const bytes = encode('ClientMessage', value);
    expect(refusalOf('ClientMessage', bytes, { depth: 1 })).toEqual({
      code: 'too_deep',
      subject: 'Presence',
    });
    expect(refusalOf('ClientMessage', bytes, { tables: 1 }).code).toBe('too_large');
  });

  it('S3: vectors over their limit', () => {
    const heads = structsFrom(
      'EntryHead',
      Array.from({ length: 5 }, () => ({ lamport: 0, transaction: 0 })),
    );
    const bytes = encode('Entries', { sites: [], heads, runs: [] });
    expect(refusalOf('Entries', bytes, { vector: 4 })).toEqual({
      code: 'too_large',
      subject: 'Entries.heads',
    });
    const body = encode('SnapshotChunk', { offset: 0, bytes: new Uint8Array(128 * 1024 + 1) });
    expect(refusalOf('SnapshotChunk', body, { bytes: 1e6 }).code).toBe('too_large');
  });

  it('a bomb: a hundred offsets to one large table', () => {
    const items = Array.from({ length: 100 }, (_, i) => ({
      entity: ID,
      name: i < 99 ? '' : 'x'.repeat(200),
    }));
    const bytes = encode('EntityRename1', { items });
    const view = new DataView(bytes.buffer);
    // Root, its vtable, the vector; then of each item its offset, its vtable and its name.
    const offsets = offsetPositions('EntityRename1', bytes).filter((_, i) => i >= 3 && i % 3 === 0);
    const last = offsets.at(-1)!;
    const target = last + view.getUint32(last, true);
    for (const at of offsets) view.setUint32(at, target - at, true);
    expect(bytes.length).toBeLessThan(4000);
    expect(refusalOf('EntityRename1', bytes).code).toBe('amplified');
  });
});

describe('S5: the verifier accepts', () => {
  it('a table with more fields than this schema knows, and does not read them', () => {
    const newer = encode('Presence', { peer: 5, tick: 2, fov: 60.25 });
    expect(decode('Ping', newer)).toEqual({ id: 5 });
  });
});
