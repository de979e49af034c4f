import { describe, expect, it } from 'vitest';
import { LocalSession, SCOPE_CHANGED } from '../testing/local-session.ts';
import type { Similarity } from './grab.ts';

const MOVED: Similarity = { pivot: [0, 0, 0], rotation: [0, 0, 0, 1], scale: 1, move: [1, 0, 0] };

function person() {
  const session = new LocalSession();
  const editor = session.editor();
  const box = session.create({ name: 'Box', components: { primitive: { kind: 'box' } } });
  session.answer();
  editor.update();
  editor.select([box]);
  return { session, editor, box, alive: (of = box) => session.document.isAlive(of) };
}

describe('a copy that is carried off', () => {
  it('O5: is made and moved in one step', () => {
    const { session, editor, alive } = person();
    const grab = editor.duplicateGrab(editor.beginGrab()!)!;
    const copy = editor.selection.getState().active;
    grab.show(MOVED);
    grab.commit();
    expect(session.sent.map(({ label }) => label)).toEqual(['Duplicate Box', 'Move Box']);
    expect(session.pipeline.history.undoSteps.map(({ label }) => label)).toHaveLength(2);
    editor.undo();
    expect([alive(copy), alive()]).toEqual([false, true]);
    editor.redo();
    expect(alive(copy)).toBe(true);
    expect(session.pipeline.history.canRedo).toBe(false);
  });

  it('O5: keeps a step of its own where something was done between', () => {
    const { session, editor, alive } = person();
    const grab = editor.duplicateGrab(editor.beginGrab()!)!;
    const copy = editor.selection.getState().active;
    session.create({ name: 'Between' });
    grab.show(MOVED);
    grab.commit();
    editor.undo();
    expect(alive(copy), 'the move alone').toBe(true);
  });

  it('is gone where making it was refused', () => {
    const { session, editor, alive } = person();
    const grab = editor.duplicateGrab(editor.beginGrab()!)!;
    const copy = editor.selection.getState().active;
    session.answer(SCOPE_CHANGED);
    expect(alive(copy)).toBe(false);
    expect(grab.stillValid()).toBe(false);
    grab.cancel();
    expect(session.pipeline.history.undoLabel).toBe('Create');
  });
});
