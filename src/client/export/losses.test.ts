import { describe, expect, it } from 'vitest';
import { EXPORT_FORMATS } from './formats.ts';
import { lossesOf } from './losses.ts';
import { SampleScene } from './testing/sample-scene.ts';

const MAP = 'ab'.repeat(32);
const STANDS_ALONE = /hierarchy/;

/** What is said of a scene for a format, of one object with these components. */
function saidOf(format: (typeof EXPORT_FORMATS)[number], components: Record<string, object>) {
  const scene = new SampleScene();
  scene.add('Thing', components);
  return lossesOf(format, scene).join('\n');
}

/** What a format cannot hold, and the words for it. */
const LOSSES = [
  [
    'an ambient light',
    { light: { kind: 'ambient' } },
    { glb: /ambient light/, obj: /light/, stl: /light/ },
  ],
  ['a light', { light: {} }, { obj: /One light will not/, stl: /One light will not/ }],
  [
    'a shadow',
    { light: { castShadow: true } },
    { glb: /cast no shadows/, obj: /light/, stl: /light/ },
  ],
  ['a camera', { camera: {} }, { obj: /One camera/, stl: /One camera/ }],
  ['a sky', { environment: {} }, { glb: /sky/, obj: /sky/, stl: /sky/ }],
  ['fog', { fog: {} }, { glb: /fog/, obj: /fog/, stl: /fog/ }],
  ['parameters', { primitive: {} }, { glb: /parameters/, obj: /parameters/, stl: /parameters/ }],
  ['a hidden object', { flags: { hidden: true } }, { glb: /hidden/, obj: /hidden/, stl: /hidden/ }],
  ['a material', { primitive: {}, material: {} }, { stl: /One material/ }],
  [
    'fine maps',
    { mesh: { asset: MAP }, material: { occlusionMap: MAP } },
    { obj: /occlusion/, stl: /material/ },
  ],
  [
    'how maps lie',
    { primitive: {}, material: {}, textureMapping: { tiling: [2, 2] } },
    { obj: /how the maps lie/, stl: /material/ },
  ],
] as const;

describe('what a file cannot hold is said before it is written', () => {
  it.each(LOSSES)('%s', (_, components, words) => {
    const bare = (format: (typeof EXPORT_FORMATS)[number]) => saidOf(format, {});
    for (const format of EXPORT_FORMATS) {
      const word = (words as Partial<Record<string, RegExp>>)[format];
      const said = saidOf(format, components);
      if (word === undefined) {
        // Shapes and materials are said to be what they become; nothing else is.
        const rest = said.replace(/.*parameters\.\n?/, '').trim();
        expect(rest, format).toBe(bare(format));
      } else {
        expect(said, format).toMatch(word);
        expect(bare(format), format).not.toMatch(word);
      }
    }
  });

  it('counts in words, and counts a material that several wear once', () => {
    const scene = new SampleScene();
    const brass = scene.add('Brass', { sharedMaterial: {}, material: {} });
    const worn = { materialLink: { material: scene.id(brass) } };
    scene.add('A', { primitive: {}, ...worn });
    scene.add('B', { primitive: {}, ...worn });
    expect(lossesOf('stl', scene)).toEqual([
      'One material will not be in the file.',
      'Names are lost, and all objects become one shape.',
      '2 shapes will be fixed meshes, without parameters.',
    ]);
  });

  it('speaks of the hierarchy where there is one', () => {
    const scene = new SampleScene();
    const above = scene.add('Above');
    expect(lossesOf('obj', scene).join()).not.toMatch(STANDS_ALONE);
    scene.add('Below', {}, above);
    for (const format of ['obj', 'stl'] as const) {
      expect(lossesOf(format, scene).join(), format).toMatch(STANDS_ALONE);
    }
    expect(lossesOf('glb', scene)).toEqual([]);
  });

  it('says nothing of what is not written', () => {
    const scene = new SampleScene();
    const box = scene.add('Box');
    scene.add('Lamp', { light: { kind: 'ambient' } });
    expect(lossesOf('glb', { ...scene, roots: [box] })).toEqual([]);
  });

  it('has nothing to say of our own format', () => {
    const scene = new SampleScene();
    const above = scene.add('Sky', { environment: {}, fog: {}, flags: { hidden: true } });
    scene.add('Lamp', { light: { kind: 'ambient' }, camera: {}, primitive: {} }, above);
    expect(lossesOf('theta', scene)).toEqual([]);
  });
});
