import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { FIGURES } from '../src/telemetry/figures.ts';
import { telemetrySchema } from '../src/telemetry/snapshot.ts';
import { EditorPage } from './support/editor-page.ts';
import { expect, test } from './support/fixtures.ts';
import { createSession, openSession } from './support/session.ts';

test.setTimeout(240_000);

const SETTLE_TIMEOUT_MS = 60_000;

test('telemetry shows each counter move by its cause, and is saved as files that tools open', async ({
  browser,
  ownServer,
}) => {
  const session = await createSession(ownServer);
  const contexts = await Promise.all([browser.newContext(), browser.newContext()]);
  const open = async (at: 0 | 1): Promise<EditorPage> => {
    const page = (await contexts[at]?.newPage()) as Page;
    await openSession(page, ownServer, session, 'editor', { parameters: { renderer: 'webgl' } });
    return new EditorPage(page);
  };
  const ben = await open(1);
  for (let i = 0; i < 40; i++) await ben.execute('entity.create', { name: `Crate ${i}` });
  const ada = await open(0);
  const panel = ada.page.getByRole('region', { name: 'Telemetry' });
  const figure = (id: string) => panel.locator(`[data-figure="${id}"]`);
  const telemetry = async () =>
    telemetrySchema.parse(await ada.page.evaluate(() => window.theta.telemetry()));

  await test.step('a key and a button open it, and it follows its schema', async () => {
    await ada.canvas.press('F8');
    await expect(panel).toBeVisible();
    await ada.page.keyboard.press('F8');
    await expect(panel).toBeHidden();
    await ada.page.getByRole('button', { name: 'Telemetry' }).click();
    for (const { id } of FIGURES) await expect(figure(id), id).toBeVisible();
    await expect(figure('transport.kind')).toContainText('webtransport');
    expect((await telemetry()).transport.compressionRatio).toBeGreaterThan(1);
  });

  await test.step('edits move what is drawn, sent, received and appended, by author', async () => {
    const before = await telemetry();
    await ada.add('Box');
    await ben.add('Sphere');
    const box = await ada.named('Box');
    await ada.named('Sphere');
    await expect.poll(async () => (await telemetry()).frame.drawCalls).toBeGreaterThan(0);
    const after = await telemetry();
    expect(after.frame.triangles).toBeGreaterThan(before.frame.triangles);
    expect(after.frame.drawn).toBeGreaterThan(before.frame.drawn);
    expect(after.frame.renderMs).toBeGreaterThan(0);
    expect(after.frame.heapBytes).toBeGreaterThan(0);
    expect(after.transport.packetsSent).toBeGreaterThan(before.transport.packetsSent);
    expect(after.transport.bytesSent).toBeGreaterThan(before.transport.bytesSent);
    expect(after.transport.packetsReceived).toBeGreaterThan(before.transport.packetsReceived);
    expect(after.transport.bytesReceived).toBeGreaterThan(before.transport.bytesReceived);
    expect(after.commands.totalAppended).toBeGreaterThan(before.commands.totalAppended);
    expect(after.commands.signatureVerifyLatencyMs).toBeGreaterThan(0);
    // The session itself is the third: it let Ada in.
    expect(Object.keys(after.commands.acceptedByAuthor)).toHaveLength(3);
    await expect(panel.locator('[data-author]')).toHaveCount(3);
    await expect(panel).toContainText('(you)');
    await expect.poll(async () => (await telemetry()).transport.rttMs ?? 0).toBeGreaterThan(0);
    expect(box.id).not.toBe('');
  });

  await test.step('what waits and what is lost to others is counted by strategy', async () => {
    const [box, sphere] = [await ada.named('Box'), await ada.named('Sphere')];
    await ada.page.context().setOffline(true);
    await ownServer.restart();
    await expect(ben.status).toHaveText('Connected', { timeout: SETTLE_TIMEOUT_MS });
    await expect(ada.status).toHaveText('Offline');
    await ada.page.evaluate((id) => {
      void window.theta.execute('entity.delete', { entities: [id] });
    }, box.id);
    await ada.page.evaluate((id) => {
      void window.theta.execute('entity.rename', { entity: id, name: 'Globe' });
    }, sphere.id);
    expect((await telemetry()).commands.queueDepth).toBe(2);
    await expect(figure('commands.queueDepth')).toContainText('2');
    for (const name of ['Ball', 'Marble', 'Planet'])
      await ben.execute('entity.rename', { entity: sphere.id, name });
    await ben.execute('entity.reparent', { entity: box.id, parent: sphere.id });
    await ada.page.context().setOffline(false);
    await expect(ada.status).toHaveText('Connected', { timeout: SETTLE_TIMEOUT_MS });
    await expect
      .poll(async () => (await telemetry()).commands.conflicts)
      .toEqual({ lww: 1, merge: 0, reject: 1 });
    const { commands } = await telemetry();
    expect(commands.conflictRejections).toBe(1);
    expect(commands.queueDepth).toBe(0);
    await expect(figure('commands.conflictRejections')).toHaveAttribute('data-level', 'amber');
    await expect(panel).toContainText('Look into the tray');
  });

  await test.step('it is saved as CSV, as JSON, and as a trace of frames', async () => {
    const saved = async (button: string): Promise<string> => {
      const download = ada.page.waitForEvent('download');
      await panel.getByRole('button', { name: button }).click();
      return readFile(await (await download).path(), 'utf8');
    };
    const [heading = '', line = ''] = (await saved('CSV')).split('\r\n');
    expect(heading.split(',').slice(1)).toEqual(FIGURES.map(({ id }) => id));
    expect(line.split(',')).toHaveLength(FIGURES.length + 1);
    const { samples } = JSON.parse(await saved('JSON'));
    telemetrySchema.parse(samples[0].snapshot);
    await panel.getByRole('button', { name: 'Record trace' }).click();
    await ada.execute('entity.create', { name: 'Traced' });
    await ada.canvas.hover();
    await ada.page.mouse.wheel(0, 200);
    await ada.drawn();
    const { traceEvents } = JSON.parse(await saved('Save trace'));
    const names = new Set(traceEvents.map(({ name }: { name: string }) => name));
    for (const name of ['scene', 'input', 'draw', 'Create']) expect(names).toContain(name);
  });
  for (const context of contexts) await context.close();
});
