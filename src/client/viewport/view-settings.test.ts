import { describe, expect, it } from 'vitest';
import { LocalSession } from '../../editor/testing/local-session.ts';
import { rememberViewSettings } from './view-settings.ts';

function memory(text: string | null = null) {
  const state = { text };
  const storage = {
    getItem: () => state.text,
    setItem: (_key: string, value: string) => {
      state.text = value;
    },
  };
  return { state, storage };
}

describe('the settings of the view', () => {
  it('are those of the last editor', () => {
    const { storage } = memory();
    const first = new LocalSession().editor();
    const forget = rememberViewSettings(first, storage);
    first.setView({ navigation: 'maya', grid: false, units: 'ft' });
    first.actions.rebind('tool.move', ['M']);
    first.setSnap({ to: 'surface', position: 0.5 });
    first.setPivot('own');
    forget();
    first.setSpace('local');
    const second = new LocalSession().editor();
    rememberViewSettings(second, storage);
    const view = { navigation: 'maya', grid: false, units: 'ft' };
    expect(second.view.getState()).toMatchObject(view);
    expect(second.actions.keysOf('tool.move')).toEqual(['M']);
    expect(second.tools.getState()).toMatchObject({
      pivot: 'own',
      space: 'world',
      snap: { to: 'surface', position: 0.5 },
    });
  });

  it.each(['', '{', '{"navigation":"theta"}', '[]'])('passes over %j', (text) => {
    const editor = new LocalSession().editor();
    const before = editor.tools.getState();
    rememberViewSettings(editor, memory(text).storage);
    expect(editor.tools.getState()).toEqual(before);
  });

  it('does not write while a tool is used', () => {
    const { state, storage } = memory();
    const editor = new LocalSession().editor();
    rememberViewSettings(editor, storage);
    editor.setTool('move');
    expect(state.text).toBeNull();
  });
});
