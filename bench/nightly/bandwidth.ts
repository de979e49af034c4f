import type { Page, WebSocket } from '@playwright/test';
import { circlePointer, openStage } from '../browsers.ts';
import type { BenchReport } from '../harness.ts';
import { beginSoakTraffic } from './soak-traffic.ts';

export interface BandwidthOptions {
  /** Of each of the three kinds of activity. */
  readonly seconds: number;
}

interface Meter {
  /** Bytes since the last reading. */
  read(): { readonly up: number; readonly down: number };
}

/**
 * What a person costs on the line, up and down: at rest, with a moving pointer, and editing five times a
 * second while the other does too. Counted on the WebSocket's rung, where the browser tells each frame;
 * the messages are the same on every rung.
 */
export async function bandwidth({ seconds }: BandwidthOptions): Promise<BenchReport> {
  const stage = await openStage({ transport: 'websocket' });
  try {
    const meters: Meter[] = [];
    const meet = (page: Page): void => void meters.push(meterOf(page));
    const pages = [await stage.join(meet), await stage.join(meet)] as const;
    const [page] = pages;
    const meter = meters[0]!;
    const phase = async (label: string, act: (turn: number) => Promise<void>) => {
      meter.read();
      const began = performance.now();
      for (let turn = 0; performance.now() - began < seconds * 1000; turn++) {
        await act(turn);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const { up, down } = meter.read();
      const elapsed = (performance.now() - began) / 1000;
      return [
        { label: `${label}, up`, value: up / elapsed, unit: 'B/second' },
        { label: `${label}, down`, value: down / elapsed, unit: 'B/second' },
      ];
    };
    const atRest = await phase('at rest', () => Promise.resolve());
    const moving = await phase('pointer moving', (turn) => circlePointer(page, turn));
    await Promise.all(pages.map(edit));
    const editing = await phase('both editing, five a second', () => Promise.resolve());
    return {
      name: 'bandwidth',
      rows: [...atRest, ...moving, ...editing],
      notes: [`${seconds} s each; WebSocket frames' payloads of one of two people.`],
    };
  } finally {
    await stage.dispose();
  }
}

/** Counts the frames of the page's sockets to the session, from before it is opened. */
function meterOf(page: Page): Meter {
  let up = 0;
  let down = 0;
  page.on('websocket', (socket: WebSocket) => {
    socket.on('framesent', ({ payload }) => {
      up += payload.length;
    });
    socket.on('framereceived', ({ payload }) => {
      down += payload.length;
    });
  });
  return {
    read: () => {
      const read = { up, down };
      up = 0;
      down = 0;
      return read;
    },
  };
}

async function edit(page: Page): Promise<void> {
  const entity = await page.evaluate(async () => {
    const components = { primitive: { kind: 'box' } };
    const { result } = await window.theta.execute('entity.create', { components });
    return (result as { entity: string }).entity;
  });
  await page.evaluate(beginSoakTraffic, { entities: [entity], everyMs: 200 });
}
