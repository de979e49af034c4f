import type { Browser } from '@playwright/test';
import { TestServer } from '../e2e/support/server.ts';
import type { EchoEvent } from '../src/server/webtransport/testing/deno-echo-server.ts';
import { DenoScript } from '../src/server/webtransport/testing/spawn-deno.ts';
import { fromBase64Url } from '../src/shared/bytes.ts';

const INTERVAL_MS = 200;

interface EchoTask {
  readonly url: string;
  /** SHA-256 of the server's certificate. */
  readonly hash: readonly number[];
  readonly count: number;
  readonly every: number;
}

/**
 * Round trips in ms of 200 bytes from a page of a browser to a bare echo, on one stream of a
 * WebTransport session, one every 200 ms: what the line itself takes.
 */
export async function echoRaw(browser: Browser, count: number): Promise<number[]> {
  await using server = new DenoScript<EchoEvent>('./deno-echo-server.ts');
  const { port, hash } = await server.waitFor((event) => event.kind === 'listening');
  const origin = await TestServer.start();
  // A page of some secure origin, whose policy would not let it reach another port.
  const context = await browser.newContext({ bypassCSP: true });
  try {
    const page = await context.newPage();
    await page.goto(new URL('/healthz', origin.httpUrl).href);
    const url = `https://localhost:${port}/wt`;
    const bytes = [...(fromBase64Url(hash) ?? [])];
    return await page.evaluate(echo, { url, hash: bytes, count, every: INTERVAL_MS });
  } finally {
    await context.close();
    await origin.dispose();
  }
}

/** Runs in the page. */
async function echo({ url, hash, count, every }: EchoTask): Promise<number[]> {
  const value = Uint8Array.from(hash);
  const session = new WebTransport(url, {
    serverCertificateHashes: [{ algorithm: 'sha-256', value }],
  });
  await session.ready;
  // The two lanes that a session has, by their first bytes.
  const [reliable, bulk] = [
    await session.createBidirectionalStream(),
    await session.createBidirectionalStream(),
  ];
  const writer = reliable.writable.getWriter();
  await writer.write(Uint8Array.of(0));
  await bulk.writable.getWriter().write(Uint8Array.of(1));
  const reader = reliable.readable.getReader();
  // A frame of 200 bytes: twice its length as a varint of two bytes, and the payload.
  const frame = new Uint8Array(202);
  frame.set([0x41, 0x90]);
  const times: number[] = [];
  while (times.length < count) {
    const began = performance.now();
    await writer.write(frame);
    for (let received = 0; received < frame.length; ) {
      const { value: part, done } = await reader.read();
      if (done) throw new Error('The echo has gone.');
      received += part.length;
    }
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  session.close();
  return times;
}
