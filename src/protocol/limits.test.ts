import { describe, expect, it } from 'vitest';
import { decode, encode } from './codec.ts';
import { LAYOUT } from './generated/layout.ts';
import type { FieldLayout } from './layout.ts';
import {
  BLOB_ENTRIES_LIMITS,
  FIELD_LIMITS,
  MAX_BLOB_ENTRIES,
  MAX_DEPTH,
  MAX_INLINE_ENTRIES,
  MAX_INLINE_ENTRIES_BYTES,
  MAX_PACKET_BYTES,
} from './limits.ts';
import { createStructs } from './struct-vector.ts';
import { ROOTS } from './testing/roots.ts';

/** Tables that a field leads to. */
function tablesBelow(field: FieldLayout): readonly string[] {
  if (field.kind === 'union') return LAYOUT.unions[field.type]!.members;
  const isTable = field.kind === 'table' || (field.kind === 'vector' && field.element === 'table');
  return isTable ? [field.type] : [];
}

function depthOf(table: string): number {
  const below = LAYOUT.tables[table]!.fields.flatMap(tablesBelow);
  return 1 + Math.max(0, ...below.map(depthOf));
}

function entries(count: number) {
  const items = createStructs('TransformTranslateItem', count);
  return {
    sites: [],
    heads: createStructs('EntryHead', count),
    runs: [{ ops: { type: 'TransformTranslate1', value: { items } } }],
  } as const;
}

describe('S3: limits', () => {
  it('name fields that there are', () => {
    for (const name of Object.keys(FIELD_LIMITS)) {
      const [table, field] = name.split('.') as [string, string];
      const names = LAYOUT.tables[table]?.fields.map((each) => each.name);
      expect(names, name).toContain(field);
    }
  });

  it('leave the schema the depth it needs', () => {
    for (const root of ROOTS) expect(depthOf(root), root).toBeLessThanOrEqual(MAX_DEPTH);
  });

  it('let 65,536 entries through in a blob, no more, and few in a packet', () => {
    const blob = encode('Entries', entries(MAX_BLOB_ENTRIES));
    expect(decode('Entries', blob, BLOB_ENTRIES_LIMITS).heads.count).toBe(MAX_BLOB_ENTRIES);
    expect(() => decode('Entries', blob)).toThrow('Entries has a size');
    const more = encode('Entries', entries(MAX_BLOB_ENTRIES + 1));
    expect(() => decode('Entries', more, BLOB_ENTRIES_LIMITS)).toThrow('Entries.heads');
    expect(4 * MAX_INLINE_ENTRIES).toBeLessThanOrEqual(MAX_INLINE_ENTRIES_BYTES);
  });

  it('let a full packet through in its message', () => {
    const packet = new Uint8Array(MAX_PACKET_BYTES);
    const payload = { type: 'Submit', value: { packet } } as const;
    expect(decode('ClientMessage', encode('ClientMessage', { payload }))).toEqual({ payload });
    const larger = {
      type: 'Submit',
      value: { packet: new Uint8Array(MAX_PACKET_BYTES + 1) },
    } as const;
    expect(() => decode('ClientMessage', encode('ClientMessage', { payload: larger }))).toThrow(
      'Submit.packet',
    );
  });

  it('let the verdicts of a whole blob through', () => {
    const verdicts = Array.from(
      { length: MAX_BLOB_ENTRIES },
      () => ({ verdict: 0, reason: 0 }) as const,
    );
    const zeros = (length: number) => new Uint8Array(length);
    const body = encode('JudgementBody', {
      session: zeros(16),
      epoch: 1,
      index: 1,
      author: zeros(32),
      replica: 1,
      nonce: 1,
      packet: zeros(32),
      firstSeq: 1,
      verdicts,
      head: zeros(32),
      time: 1,
    });
    const judgement = encode('Judgement', { body, signature: zeros(64) });
    const payload = {
      type: 'Accepted',
      value: { judgement, packet: zeros(MAX_PACKET_BYTES) },
    } as const;
    const message = decode('ServerMessage', encode('ServerMessage', { payload }));
    if (message.payload.type !== 'Accepted') throw new Error(message.payload.type);
    const read = decode('JudgementBody', decode('Judgement', message.payload.value.judgement).body);
    expect(read.verdicts.length).toBe(MAX_BLOB_ENTRIES);
  });
});
