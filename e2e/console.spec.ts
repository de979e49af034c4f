import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { examplesOf } from '../src/ui/console/doc-examples.ts';
import { barriers } from './support/barriers.ts';
import { inTurn, printsOf } from './support/doc-prints.ts';
import { EditorPage } from './support/editor-page.ts';
import { expect, test } from './support/fixtures.ts';

const DOCUMENT = new URL('../docs/scripting.md', import.meta.url);
/** The frame of its scripts is loaded with the first one. */
const FIRST_SCRIPT_MS = 30_000;

test.setTimeout(120_000);

const panel = (page: Page) => page.getByRole('region', { name: 'Console' });
const input = (page: Page) => page.getByRole('combobox', { name: 'Script' });
const output = (page: Page) => panel(page).getByRole('log');
const option = (page: Page, name: string | RegExp) => page.getByRole('option', { name });

test('a script by the keyboard alone: completed, run, seen, wrong, undone, brought back', async ({
  join,
}) => {
  const page = await join('editor');
  const editor = new EditorPage(page);
  await page.keyboard.press('F9');
  await expect(input(page)).toBeFocused();

  await page.keyboard.type('await theta.ex');
  await expect(option(page, /^execute/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Tab');
  await expect(input(page)).toHaveValue('await theta.execute()');
  await expect(option(page, /^entity\.create/)).toBeVisible();
  await page.keyboard.type("'crea");
  await expect(option(page, /^entity\.create/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(input(page)).toHaveValue("await theta.execute('entity.create', {  })");
  await page.keyboard.type('na');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Lantern');
  await page.keyboard.press('End');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type(', comp');
  await page.keyboard.press('Tab');
  await page.keyboard.type('prim');
  await page.keyboard.press('Enter');
  await page.keyboard.type('kind: ');
  await expect(option(page, 'sphere')).toBeVisible();
  expect(await barriers(page), 'the console with its completions').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await page.keyboard.type("'sphere'");
  await page.keyboard.press('Enter');
  await expect(editor.row('Lantern')).toBeVisible({ timeout: FIRST_SCRIPT_MS });
  expect((await editor.named('Lantern')).primitive?.kind).toBe('sphere');
  await expect(output(page)).toContainText("status: 'accepted'");
  await expect(input(page)).toHaveValue('');

  await page.keyboard.type('const lantern = theta.entities()[0];');
  await page.keyboard.press('Enter');
  await page.keyboard.type('[theta.get(lantern).name.value, nobody.x]');
  await page.keyboard.press('Enter');
  await expect(output(page)).toContainText('ReferenceError: nobody is not defined');

  await page.keyboard.type('(await theta.undo()).status');
  await page.keyboard.press('Enter');
  await expect(editor.row('Lantern')).toHaveCount(0);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(input(page)).toHaveValue('[theta.get(lantern).name.value, nobody.x]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(input(page)).toHaveValue('');
  expect(await barriers(page), 'the console').toEqual([]);

  await page.keyboard.press('F9');
  await expect(panel(page)).toHaveCount(0);
  await page.reload();
  await editor.connected();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Console');
  await page.keyboard.press('Enter');
  await expect(input(page)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(input(page)).toHaveValue('(await theta.undo()).status');
});

test('every example of docs/scripting.md runs in the panel, too', async ({ join }) => {
  const examples = examplesOf(await readFile(DOCUMENT, 'utf8'));
  const page = await join('editor');
  await page.keyboard.press('F9');
  await panel(page).getByRole('button', { name: 'Examples' }).click();
  await expect(page.getByRole('menuitem')).toHaveCount(examples.length);
  await page.getByRole('menuitem', { name: 'A first script' }).click();
  await expect(input(page)).toHaveValue(examples[0]!.code);
  for (const example of examples) {
    await test.step(example.heading, async () => {
      await input(page).fill(example.code);
      await page.keyboard.press('Control+l');
      await page.keyboard.press('Control+Enter');
      await ended(page);
      const lines = await linesOf(output(page));
      expect(lines.filter(({ kind }) => kind === 'error')).toEqual([]);
      const printed = lines.map(({ text }) => text);
      expect(inTurn(printed, printsOf(example)), printed.join('\n')).toBe(true);
    });
  }
});

test('S6: a script reaches nothing but theta, and one that never ends can be ended', async ({
  join,
}) => {
  const page = await join('editor');
  const editor = new EditorPage(page);
  await page.keyboard.press('F9');
  const run = async (source: string): Promise<string> => {
    await input(page).fill(source);
    await page.keyboard.press('Control+l');
    await page.keyboard.press('Control+Enter');
    await ended(page);
    return (await linesOf(output(page))).at(-1)!.text;
  };
  expect(await run('self.origin')).toBe("'null'");
  expect(await run("await fetch('/api/transport').then(() => 'reached', () => 'refused')")).toBe(
    "'refused'",
  );
  expect(await run("try { indexedDB.open('theta'); } catch (e) { console.log(e.name); }")).toBe(
    'SecurityError',
  );
  await run("setTimeout(() => { throw new Error('late'); }); 1");
  await expect(output(page)).toContainText('Uncaught Error: late');

  await input(page).fill('while (true);');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('button', { name: 'Stop' })).toBeVisible();
  await editor.execute('entity.create', { name: 'Meanwhile' });
  await expect(editor.row('Meanwhile')).toBeVisible();
  await panel(page).getByRole('button', { name: 'Stop' }).click();
  await expect(output(page)).toContainText('Stopped.');
  await expect(panel(page).getByRole('button', { name: 'Stop' })).toHaveCount(0);
  expect(await run('theta.entities().length')).toBe('1');
});

test('S4: who may only look runs scripts, and edits are refused', async ({ join }) => {
  const page = await join('viewer');
  await page.keyboard.press('F9');
  await input(page).fill(
    "const { status, code } = await theta.execute('entity.create', {}); [theta.session.role, status, code]",
  );
  await page.keyboard.press('Enter');
  await expect(output(page)).toContainText("['viewer', 'rejected', 'role']", {
    timeout: FIRST_SCRIPT_MS,
  });
});

/** Waits until no script runs. */
async function ended(page: Page): Promise<void> {
  await expect(output(page).locator('[data-kind="input"]')).toHaveCount(1);
  await expect(panel(page)).toHaveAttribute('data-running', 'false', { timeout: FIRST_SCRIPT_MS });
}

/** What is shown, folded values in one line. */
function linesOf(log: Locator): Promise<{ kind: string; text: string }[]> {
  return log.locator('[data-kind]').evaluateAll((all) =>
    all.map((line) => ({
      kind: line.getAttribute('data-kind') ?? '',
      text: line.querySelector('pre, summary')?.textContent ?? '',
    })),
  );
}
