import { beforeAll, describe, expect, it } from 'vitest';
import { type AuditSource, type AuditWorker, auditHistory } from './audit-history.ts';
import type { AuditReply, AuditRequest } from './audit-messages.ts';
import { AuditService } from './serve-audit.ts';
import { SignedLog } from './testing/signed-log.ts';

/** A worker in this thread, which copies what it is sent as a real one does. */
class LocalWorker implements AuditWorker {
  onmessage: AuditWorker['onmessage'] = null;
  onerror: AuditWorker['onerror'] = null;
  terminated = false;
  readonly #service = new AuditService((reply) => {
    const data = structuredClone(reply);
    if (!this.terminated) this.onmessage?.({ data } as MessageEvent<AuditReply>);
  });

  postMessage(request: AuditRequest, transfer: Transferable[] = []): void {
    this.#service.receive(structuredClone(request, { transfer }));
  }

  terminate(): void {
    this.terminated = true;
  }
}

const RECORDS = 10;
let log: SignedLog;

beforeAll(async () => {
  log = await SignedLog.create();
  for (let i = 0; i < RECORDS; i++) await log.append('entity.create', { name: `Box ${i}` });
});

function source(worker: LocalWorker, worldHash = log.hashes[RECORDS] ?? ''): AuditSource {
  return {
    log: { sessionId: 's', token: () => 't', fetch: log.fetchPages(4) },
    sessionKey: log.sessionKey,
    confirmed: { index: RECORDS, worldHash, source: 'this page' },
    fetchBlob: () => Promise.reject(new Error('No packet here has a blob.')),
    createWorker: () => worker,
  };
}

describe('auditHistory', () => {
  it('S1: finds a whole log valid, tells how far it is, and ends its worker', async () => {
    const worker = new LocalWorker();
    const told: number[] = [];
    const entries: string[] = [];
    const report = await auditHistory(source(worker), {
      onProgress: (fraction) => told.push(fraction),
      onEntries: (read) => entries.push(...read.map(({ label }) => label)),
    });
    expect(report).toEqual({
      entries: RECORDS,
      valid: RECORDS,
      invalid: 0,
      worldHash: log.hashes[RECORDS],
    });
    expect(told).toEqual([0.4, 0.8, 1]);
    expect(entries).toHaveLength(RECORDS);
    expect(worker.terminated).toBe(true);
  });

  it('S1: names the record after which the document is not what this page has', async () => {
    const report = await auditHistory(source(new LocalWorker(), 'ab'.repeat(32)));
    expect(report.firstInvalid).toMatchObject({ index: RECORDS, code: 'world_hash' });
    expect(report.fault).toBe(`Record ${RECORDS}: the document after it is not that of this page.`);
    expect(report).toMatchObject({ valid: RECORDS - 1, invalid: 1 });
  });

  it('S1: finds a log that ends before what this page has', async () => {
    const known = source(new LocalWorker());
    const confirmed = { ...known.confirmed, index: RECORDS + 5 };
    const report = await auditHistory({ ...known, confirmed });
    expect(report.firstInvalid).toMatchObject({ index: RECORDS + 5, code: 'cut_off' });
  });

  it('stops when it is told to, and ends its worker', async () => {
    const worker = new LocalWorker();
    const controller = new AbortController();
    const audit = auditHistory(source(worker), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(audit).rejects.toMatchObject({ code: 'cancelled' });
    expect(worker.terminated).toBe(true);
  });

  it('rejects in words when the server does not answer, and when the worker cannot go on', async () => {
    const silent = source(new LocalWorker());
    const fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    const unreachable = auditHistory({ ...silent, log: { ...silent.log, fetch } });
    await expect(unreachable).rejects.toMatchObject({ code: 'unreachable' });
    const garbage = async () => new Response(new Uint8Array([1, 2, 3]));
    const other = source(new LocalWorker());
    const failed = auditHistory({ ...other, log: { ...other.log, fetch: garbage } });
    await expect(failed).rejects.toMatchObject({ code: 'failed' });
  });
});
