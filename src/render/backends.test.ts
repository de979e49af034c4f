import { describe, expect, it } from 'vitest';
import { chooseBackend, nextChoice } from './backends.ts';

describe('chooseBackend', () => {
  it('obeys the address before the operator, and the operator before the browser', () => {
    expect(chooseBackend('?renderer=webgl', 'webgpu', true)).toEqual({
      kind: 'webgl',
      forced: true,
    });
    expect(chooseBackend('', 'webgl', true)).toEqual({ kind: 'webgl', forced: false });
    expect(chooseBackend('', undefined, true)).toEqual({ kind: 'webgpu', forced: false });
    expect(chooseBackend('', undefined, false)).toEqual({ kind: 'webgl', forced: false });
  });

  it('ignores a renderer that there is not', () => {
    expect(chooseBackend('?renderer=paper', undefined, false).kind).toBe('webgl');
  });
});

describe('nextChoice', () => {
  it('falls back to WebGL and says why', () => {
    const next = nextChoice({ kind: 'webgpu', forced: false }, new Error('No adapter.'));
    expect(next).toEqual({ kind: 'webgl', forced: false, fallbackReason: 'No adapter.' });
  });

  it('gives up where the renderer is forced, and after WebGL', () => {
    expect(nextChoice({ kind: 'webgpu', forced: true }, new Error('No.'))).toBeUndefined();
    expect(nextChoice({ kind: 'webgl', forced: false }, new Error('No.'))).toBeUndefined();
  });
});
