import { describe, expect, it } from 'vitest';
import { Flags } from '../../ecs/components/index.ts';
import type { Editor } from '../editor.ts';
import { LocalSession } from '../testing/local-session.ts';
import { key } from '../testing/pointer.ts';
import { viewportWith } from '../testing/viewport.ts';
import { formatKey, matchesKey } from './keys.ts';

function setUp(platform: 'mac' | 'other' = 'other') {
  const session = new LocalSession();
  const box = session.create({ name: 'Box' });
  const editor = session.editor({ platform });
  return { session, box, editor };
}

const ctrl = (name: string, more: object = {}) => key(name, { ctrl: true, ...more });
const tool = (editor: Editor) => editor.tools.getState().tool;

describe('keys', () => {
  it('choose the tools', () => {
    const { editor } = setUp();
    for (const [name, expected] of Object.entries({
      w: 'move',
      e: 'rotate',
      r: 'scale',
      q: 'select',
    })) {
      expect(editor.key(key(name))).toBe(true);
      expect(tool(editor)).toBe(expected);
    }
    editor.key(key('x'));
    expect(editor.tools.getState().space).toBe('local');
  });

  it('go by the place of the key on layouts without Latin letters', () => {
    const { editor } = setUp();
    editor.key(key('ц', { code: 'KeyW' }));
    expect(tool(editor)).toBe('move');
  });

  it('go by what is printed on the key on others: Ctrl+Z on a German keyboard', () => {
    const german = { code: 'KeyY', ctrl: true };
    expect(matchesKey('Mod+Z', key('z', german), 'other')).toBe(true);
    expect(matchesKey('Mod+Y', key('z', german), 'other')).toBe(false);
  });

  it('find digits where Shift is needed for them', () => {
    expect(matchesKey('1', key('&', { code: 'Digit1' }), 'other')).toBe(true);
  });

  it('find signs wherever the layout has them', () => {
    expect(matchesKey('?', key('?', { code: 'Slash', shift: true }), 'other')).toBe(true);
    expect(matchesKey('?', key('?', { code: 'Minus', shift: true }), 'other')).toBe(true);
  });

  it('need exactly their modifiers', () => {
    expect(matchesKey('Mod+Z', key('z', { ctrl: true, shift: true }), 'other')).toBe(false);
    expect(matchesKey('Mod+Z', key('z', { ctrl: true, alt: true }), 'other')).toBe(false);
    expect(matchesKey('G', key('g', { ctrl: true }), 'other')).toBe(false);
  });

  it('take Cmd for Ctrl on a Mac', () => {
    const { editor, box, session } = setUp('mac');
    editor.select([box]);
    expect(editor.key(ctrl('d'))).toBe(false);
    expect(editor.key(key('d', { meta: true }))).toBe(true);
    expect(session.document.world.isAlive(editor.selection.getState().active)).toBe(true);
    expect(editor.selection.getState().active).not.toBe(box);
    expect(editor.actions.shortcutOf('edit.redo')).toBe('⇧⌘Z');
    expect(formatKey('Mod+Shift+Z', 'other')).toBe('Ctrl+Shift+Z');
  });

  it('belong to a text input while it has them', () => {
    const { editor, box, session } = setUp();
    editor.select([box]);
    expect(editor.key(key('Backspace', { editable: true }))).toBe(false);
    expect(session.document.isAlive(box)).toBe(true);
  });

  it('that are held down run again only what may repeat', () => {
    const { editor, box } = setUp();
    editor.select([box]);
    expect(editor.key(ctrl('d', { repeat: true }))).toBe(true);
    expect(editor.outliner.getState().rows).toHaveLength(1);
    editor.duplicateSelected();
    editor.duplicateSelected();
    editor.key(ctrl('z'));
    editor.key(ctrl('z', { repeat: true }));
    expect(editor.outliner.getState().rows).toHaveLength(1);
  });

  it('that nobody wants are left to the browser', () => {
    const { editor } = setUp();
    expect(editor.key(key('F5'))).toBe(false);
    expect(editor.key(key('w', { type: 'up' }))).toBe(false);
    expect(editor.key(key('Delete'))).toBe(false);
  });
});

describe('actions', () => {
  it('undo and redo, also by Ctrl+Y', () => {
    const { editor, box, session } = setUp();
    editor.select([box]);
    editor.key(key('Delete'));
    expect(session.document.isAlive(box)).toBe(false);
    editor.key(ctrl('z'));
    expect(session.document.isAlive(box)).toBe(true);
    editor.key(ctrl('y'));
    expect(session.document.isAlive(box)).toBe(false);
    editor.key(ctrl('z'));
    editor.key(ctrl('Z', { code: 'KeyZ', shift: true }));
    expect(session.document.isAlive(box)).toBe(false);
  });

  it('select all that is neither hidden nor locked', () => {
    const { editor, session, box } = setUp();
    const [hidden, locked, free] = [session.create(), session.create(), session.create()];
    const inside = session.create({ parent: session.document.idOf(hidden) });
    editor.setFlag([hidden], 'hidden', true);
    editor.setFlag([locked], 'locked', true);
    editor.key(ctrl('a'));
    expect(editor.selection.getState().entities).toEqual([box, free]);
    editor.key(ctrl('i'));
    expect(editor.selection.getState().entities).toEqual([]);
    expect(session.document.isAlive(inside)).toBe(true);
  });

  it('hide and show by the same key', () => {
    const { editor, session, box } = setUp();
    editor.select([box]);
    editor.key(key('h'));
    expect(session.document.world.get(box, Flags)?.hidden).toBe(true);
    expect(editor.actions.get('edit.hide')?.checked?.()).toBe(true);
    editor.key(key('h'));
    expect(session.document.world.get(box, Flags)?.hidden).toBe(false);
  });

  it('S4: that edit are not enabled for a viewer', () => {
    const { editor, box } = setUp();
    editor.select([box]);
    editor.connection.setState({ role: 'viewer' });
    for (const id of ['edit.delete', 'edit.duplicate', 'edit.group', 'add.box', 'edit.undo']) {
      expect(editor.actions.run(id)).toBe(false);
    }
    expect(editor.actions.run('selection.none')).toBe(true);
  });

  it('frame the selection, or everything where there is none', () => {
    const { editor, box } = setUp();
    const framed: unknown[] = [];
    const viewport = viewportWith({
      frame: (entities) => framed.push(entities),
      frameAll: () => framed.push('all'),
    });
    expect(editor.key(key('f'))).toBe(false);
    editor.attachViewport(viewport);
    editor.key(key('f'));
    editor.select([box]);
    editor.key(key('f'));
    editor.key(key('Home'));
    expect(framed).toEqual(['all', [box], 'all']);
  });

  it('have ids and keys of their own', () => {
    const { editor } = setUp();
    const keys = editor.actions.all.flatMap((each) => each.keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(editor.actions.all.map((each) => each.id)).size).toBe(editor.actions.all.length);
  });

  it('can be lent by others, and go with them', () => {
    const { editor } = setUp();
    let told = 0;
    editor.actions.onChange(() => {
      told += 1;
    });
    const failing = {
      id: 'test.fail',
      label: 'Fail',
      group: 'Edit',
      keys: ['F9'],
      enabled: () => true,
      run: () => {
        throw new Error('It broke.');
      },
    } as const;
    const remove = editor.actions.register(failing);
    expect(editor.key(key('F9'))).toBe(true);
    expect(editor.notices.getState().items[0]).toMatchObject({
      kind: 'error',
      text: 'Fail: It broke.',
    });
    remove();
    expect(editor.key(key('F9'))).toBe(false);
    expect(told).toBe(2);
  });
});
