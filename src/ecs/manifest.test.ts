import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMPONENT_ID_KEY, componentId, defineComponent } from './component.ts';
import { DOCUMENT_COMPONENTS } from './components/index.ts';
import { enumOf, f32, vec3 } from './fields.ts';
import { buildManifest, compareManifests, formatManifest, parseManifest } from './manifest.ts';

const COMMITTED = new URL('../../schema/manifest.json', import.meta.url);

const Wheel = defineComponent('wheel', { radius: f32(1, { label: 'Radius', min: 0 }) });
const Door = defineComponent('door', { state: enumOf(['open', 'shut']), at: vec3() });

describe('the manifest', () => {
  it('R1: in the repository is that of the code', () => {
    const committed = parseManifest(readFileSync(COMMITTED, 'utf8'));
    expect(compareManifests(buildManifest(DOCUMENT_COMPONENTS), committed)).toEqual([]);
  });

  it('R1: gives each component the SipHash-2-4 of its name under the documented key', () => {
    expect(new TextDecoder().decode(COMPONENT_ID_KEY)).toBe('theta.components');
    const [wheel] = buildManifest([Wheel]).components;
    expect(wheel).toEqual({
      name: 'wheel',
      id: componentId('wheel'),
      managed: false,
      fields: [{ name: 'radius', kind: 'f32', stride: 1, default: 1, min: 0 }],
    });
    expect(componentId('transform')).toBe('257ad6a12c70f8b2');
  });

  it('survives its own format', () => {
    const manifest = buildManifest(DOCUMENT_COMPONENTS);
    expect(parseManifest(formatManifest(manifest))).toEqual(manifest);
  });

  it('R1: says in words how two differ', () => {
    const expected = buildManifest([Wheel, Door]);
    const otherDoor = defineComponent('door', { state: enumOf(['open', 'ajar']), at: vec3() });
    const actual = buildManifest([Wheel, otherDoor, defineComponent('key', {})]);
    expect(compareManifests(expected, expected)).toEqual([]);
    const [changed, added, ...others] = compareManifests(expected, actual);
    expect(changed).toMatch(/^door\.state is .*"ajar".*, not .*"shut"/);
    expect([added, others]).toEqual(['Component key is new at 2.', []]);
    expect(compareManifests(actual, expected)).toContain('Component key is missing.');
    expect(compareManifests(expected, buildManifest([Door, Wheel]))).toHaveLength(2);
  });

  it('refuses two components of one name', () => {
    const twice = [Wheel, defineComponent('wheel', {})];
    expect(() => buildManifest(twice)).toThrow(
      expect.objectContaining({ code: 'duplicate-component' }),
    );
  });

  const [wheel] = buildManifest([Wheel]).components;
  it.each([
    ['{', 'not JSON'],
    ['[]', 'version 1'],
    ['{"version":2,"components":[]}', 'version 1'],
    ['{"version":1}', 'no list'],
    ['{"version":1,"components":[{}]}', 'without a name'],
    [JSON.stringify({ version: 1, components: [{ ...wheel, id: '0' }] }), 'wrong id for wheel'],
    [JSON.stringify({ version: 1, components: [{ ...wheel, fields: [{}] }] }), 'malformed field'],
  ])('refuses %s', (text, reason) => {
    const message = expect.stringContaining(reason);
    expect(() => parseManifest(text)).toThrow(
      expect.objectContaining({ code: 'bad-manifest', message }),
    );
  });
});
