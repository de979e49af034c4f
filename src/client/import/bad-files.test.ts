import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bytes, concatBytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import { IMPORT_LIMITS, type ImportLimits } from './import-limits.ts';
import { parseModel } from './parse-model.ts';
import { glb, type Json, TRIANGLE, triangleGltf } from './testing/build-gltf.ts';
import { pngHeader } from './testing/images.ts';

const CONTROLLER: Bytes = new Uint8Array(readFileSync('e2e/fixtures/touch-controller.glb'));
const ASSET = { version: '2.0' };

const text = (content: string): Bytes => new TextEncoder().encode(content);

/** A triangle whose parts of the given kind are changed. */
const changed = (change: (json: Json) => void): Bytes => triangleGltf(change);

const withAccessor = (accessor: Json, index = 0): Bytes =>
  changed((json) => Object.assign((json.accessors as Json[])[index]!, accessor));

const withNodes = (...nodes: Json[]): Bytes => glb({ asset: ASSET, nodes });

const withImage = (image: Json): Bytes =>
  changed((json) => {
    json.images = [image];
    json.textures = [{ source: 0 }];
    json.materials = [{ normalTexture: { index: 0 } }];
  });

const dataUri = (bytes: Uint8Array): string =>
  `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;

/** A binary STL that promises so many triangles and has so many bytes of them. */
function stlOf(triangles: number, bytes: number, number = 1): Bytes {
  const file = new Uint8Array(84 + bytes);
  const view = new DataView(file.buffer);
  view.setUint32(80, triangles, true);
  for (let at = 84; at + 4 <= file.length; at += 4) view.setFloat32(at, number, true);
  return file;
}

function plyOf(elements: string, body = ''): Bytes {
  return text(`ply\nformat ascii 1.0\n${elements}\nend_header\n${body}`);
}

function chain(levels: number): Json[] {
  return Array.from({ length: levels }, (_, i) => (i + 1 < levels ? { children: [i + 1] } : {}));
}

/** Overwrites the first position of a triangle with a number. */
function withPosition(value: number): Bytes {
  const bytes = triangleGltf();
  const first = new Uint8Array(TRIANGLE.buffer, 0, 16);
  const at = Buffer.from(bytes).indexOf(Buffer.from(first));
  new DataView(bytes.buffer).setFloat32(at, value, true);
  return bytes;
}

/** What it is, the file, the code and the words that its sentence must hold. */
const BAD_GLB: readonly (readonly [string, Bytes, string, RegExp])[] = [
  ['an empty file', new Uint8Array(0), 'empty', /is empty/],
  ['another kind of file', pngHeader(8, 8), 'malformed', /does not start with "glTF"/],
  ['three bytes', CONTROLLER.slice(0, 3), 'malformed', /does not start with/],
  ['half a header', CONTROLLER.slice(0, 9), 'cut_off', /within its header/],
  ['a header alone', CONTROLLER.slice(0, 12), 'cut_off', /promises 217984 bytes and there are 12/],
  ['half a file', CONTROLLER.slice(0, 100_000), 'cut_off', /is cut off/],
  ['version 1', glb({ asset: ASSET }, undefined, 1), 'unsupported_format', /version 1/],
  ['an asset of version 1', glb({ asset: { version: '1.0' } }), 'unsupported_format', /1\.0/],
  ['no JSON', concatBytes(triangleGltf().slice(0, 12), new Uint8Array(4)), 'cut_off', /cut off/],
  ['no asset', glb({ nodes: [] }), 'malformed', /asset/],
  ['nothing in it', glb({ asset: ASSET }), 'nothing_to_import', /nothing/],
  ['a text for a number', withNodes({ mesh: '0' }), 'malformed', /nodes\[0\]\.mesh/],
  ['a fraction for an index', withNodes({ mesh: 0.5 }), 'malformed', /nodes\[0\]\.mesh/],
  ['a rotation of three numbers', withNodes({ rotation: [0, 0, 1] }), 'malformed', /rotation/],
  ['a node below itself', withNodes({ children: [1] }, { children: [0] }), 'cycle', /below itself/],
  [
    'its own child',
    glb({ asset: ASSET, scenes: [{ nodes: [0] }], nodes: [{ name: 'Loop', children: [0] }] }),
    'cycle',
    /"Loop"/,
  ],
  ['two parents', withNodes({ children: [2] }, { children: [2] }, {}), 'cycle', /below two/],
  ['a missing child', withNodes({ children: [7] }), 'out_of_range', /node 7/],
  ['a tree too deep', withNodes(...chain(257)), 'too_large', /256 levels/],
  ['a missing mesh', withNodes({ mesh: 3 }), 'out_of_range', /mesh 3/],
  ['a missing camera', withNodes({ camera: 3 }), 'out_of_range', /camera 3/],
  [
    'a missing light',
    withNodes({ extensions: { KHR_lights_punctual: { light: 1 } } }),
    'out_of_range',
    /light 1/,
  ],
  ['a missing scene', glb({ asset: ASSET, scene: 2, nodes: [{}] }), 'out_of_range', /scene 2/],
  [
    'a missing accessor',
    changed((json) => {
      json.accessors = [];
    }),
    'out_of_range',
    /accessor/,
  ],
  ['a missing buffer view', withAccessor({ bufferView: 9 }), 'out_of_range', /buffer view 9/],
  [
    'a missing buffer',
    changed((json) => {
      (json.bufferViews as Json[])[0]!.buffer = 4;
    }),
    'out_of_range',
    /buffer 4/,
  ],
  [
    'a buffer without bytes',
    changed((json) => {
      json.buffers = [{ byteLength: 4 }, { byteLength: 44 }];
      for (const view of json.bufferViews as Json[]) view.buffer = 1;
    }),
    'missing_file',
    /no bytes for its buffer 1/,
  ],
  [
    'a buffer longer than its bytes',
    changed((json) => {
      json.buffers = [{ byteLength: 1_000_000 }];
    }),
    'cut_off',
    /promises 1000000 bytes/,
  ],
  [
    'a view beyond its buffer',
    changed((json) => {
      (json.bufferViews as Json[])[0]!.byteLength = 4000;
    }),
    'out_of_range',
    /byte 4000/,
  ],
  ['a hostile count', withAccessor({ count: 0xffffffff }), 'too_large', /4294967295 elements/],
  [
    'a hostile count without bytes',
    withAccessor({ count: 0xffffffff, bufferView: undefined }),
    'too_large',
    /4294967295 elements/,
  ],
  ['a hostile count of indices', withAccessor({ count: 0xffffffff }, 1), 'too_large', /elements/],
  ['a count beyond its view', withAccessor({ count: 4 }), 'out_of_range', /byte 48/],
  ['an offset beyond its view', withAccessor({ byteOffset: 8 }), 'out_of_range', /byte 44/],
  [
    'an unknown component type',
    withAccessor({ componentType: 1234 }),
    'malformed',
    /componentType/,
  ],
  ['positions of two numbers', withAccessor({ type: 'VEC2' }), 'malformed', /POSITION with 2/],
  [
    'fractions for indices',
    withAccessor({ componentType: 5126, count: 1 }, 1),
    'malformed',
    /whole/,
  ],
  ['a triangle that is not whole', withAccessor({ count: 2 }, 1), 'malformed', /not whole/],
  [
    'more sparse elements than elements',
    withAccessor({
      sparse: {
        count: 4,
        indices: { bufferView: 1, componentType: 5121 },
        values: { bufferView: 0 },
      },
    }),
    'out_of_range',
    /replaces more/,
  ],
  [
    'a sparse element that is not there',
    withAccessor({
      sparse: {
        count: 1,
        indices: { bufferView: 1, componentType: 5121, byteOffset: 4 },
        values: { bufferView: 0 },
      },
      count: 2,
    }),
    'out_of_range',
    /replaces an element/,
  ],
  [
    'indices beyond the vertices',
    withAccessor({ count: 2 }),
    'out_of_range',
    /"Triangle", that names vertex 2 of 2/,
  ],
  [
    'normals for other vertices',
    changed((json) => {
      const accessors = json.accessors as Json[];
      accessors.push({ ...accessors[0], count: 2 });
      const [mesh] = json.meshes as { primitives: { attributes: Json }[] }[];
      mesh!.primitives[0]!.attributes.NORMAL = 2;
    }),
    'malformed',
    /2 of NORMAL for 3/,
  ],
  ['a position that is no number', withPosition(Number.NaN), 'not_finite', /not finite \(NaN\)/],
  ['a position at infinity', withPosition(Number.NEGATIVE_INFINITY), 'not_finite', /-Infinity/],
  [
    'a missing material',
    changed((json) => {
      (json.meshes as { primitives: Json[] }[])[0]!.primitives[0]!.material = 5;
    }),
    'out_of_range',
    /material 5/,
  ],
  [
    'a missing texture',
    changed((json) => {
      json.materials = [{ normalTexture: { index: 5 } }];
    }),
    'out_of_range',
    /texture 5/,
  ],
  [
    'an image from elsewhere',
    withImage({ uri: 'https://example.org/a.png' }),
    'refused_address',
    /a\.png/,
  ],
  ['an image above', withImage({ uri: '../../etc/passwd' }), 'refused_address', /\.\.\/\.\./],
  ['an image above, in disguise', withImage({ uri: '%2e%2e/a.png' }), 'refused_address', /a\.png/],
  [
    'an image above, backwards',
    withImage({ uri: 'a\\..\\..\\b.png' }),
    'refused_address',
    /b\.png/,
  ],
  ['an image at the root', withImage({ uri: '/etc/passwd' }), 'refused_address', /passwd/],
  ['an image on a drive', withImage({ uri: 'C:\\a.png' }), 'refused_address', /a\.png/],
  ['an image that did not come along', withImage({ uri: 'a.png' }), 'missing_file', /"a\.png"/],
  ['an image without bytes', withImage({ name: 'Oak' }), 'missing_file', /"Oak"/],
  ['an image that is none', withImage({ bufferView: 0, name: 'Oak' }), 'bad_image', /"Oak"/],
  [
    'an image cut off',
    withImage({ uri: dataUri(pngHeader(4, 4).slice(0, 20)) }),
    'bad_image',
    /cut off/,
  ],
  ['an image of no size', withImage({ uri: dataUri(pngHeader(0, 4)) }), 'bad_image', /image/],
  [
    'an image too large',
    withImage({ name: 'Sky', uri: dataUri(pngHeader(100_000, 100_000)) }),
    'too_large',
    /"Sky", of 100000 × 100000 pixels/,
  ],
  ['broken base64', withImage({ uri: 'data:image/png;base64,!!!!' }), 'malformed', /base64/],
  ['data that is no base64', withImage({ uri: 'data:image/png,abc' }), 'malformed', /base64/],
  [
    'Draco data that is none',
    changed((json) => {
      const primitive = (json.meshes as { primitives: Json[] }[])[0]!.primitives[0]!;
      primitive.indices ??= 0;
      primitive.extensions = {
        KHR_draco_mesh_compression: { bufferView: 0, attributes: { POSITION: 0 } },
      };
    }),
    'malformed',
    /Draco data that cannot be decoded/,
  ],
  [
    'meshopt data that is none',
    changed((json) => {
      const views = json.bufferViews as Json[];
      const meshopt = { buffer: 0, byteLength: 12, byteStride: 12, count: 3, mode: 'ATTRIBUTES' };
      views[0]!.extensions = { EXT_meshopt_compression: meshopt };
    }),
    'malformed',
    /meshopt data that cannot be decoded/,
  ],
  [
    'meshopt data that would not fit into memory',
    changed((json) => {
      const views = json.bufferViews as Json[];
      const count = 0xffff_ffff;
      const meshopt = { buffer: 0, byteLength: 12, byteStride: 256, count, mode: 'ATTRIBUTES' };
      views[0]!.extensions = { EXT_meshopt_compression: meshopt };
    }),
    'too_large',
    /compressed buffer view/,
  ],
  [
    'an unknown required extension',
    glb({ asset: ASSET, nodes: [{}], extensionsRequired: ['XYZ_something'] }),
    'unsupported_feature',
    /XYZ_something/,
  ],
];

const BAD_OTHERS: readonly (readonly [string, string, Bytes, string, RegExp])[] = [
  ['an unknown ending', 'broken.fbx', text('x'), 'unsupported_format', /\.stl or \.ply/],
  [
    'an empty STL',
    'broken.stl',
    text('solid x\nendsolid x\n'),
    'nothing_to_import',
    /no triangles/,
  ],
  [
    'an STL that does not end',
    'broken.stl',
    text('solid x\nfacet normal 0 0 1\n'),
    'cut_off',
    /end/,
  ],
  ['an STL that is something else', 'broken.stl', text('PK'), 'malformed', /no STL file/],
  ['an STL without its triangles', 'broken.stl', stlOf(1000, 50), 'cut_off', /1000 triangles/],
  [
    'an STL with numbers that are none',
    'broken.stl',
    stlOf(1, 50, Number.NaN),
    'not_finite',
    /finite/,
  ],
  ['a PLY that is something else', 'broken.ply', text('obj\n'), 'malformed', /no PLY file/],
  [
    'a PLY of a billion vertices',
    'broken.ply',
    plyOf('element vertex 1000000000\nproperty float x'),
    'too_large',
    /1000000000/,
  ],
  [
    'a PLY without its vertices',
    'broken.ply',
    plyOf('element vertex 1000\nproperty float x\nproperty float y\nproperty float z'),
    'cut_off',
    /promises/,
  ],
  [
    'a PLY of points',
    'broken.ply',
    plyOf('element vertex 1\nproperty float x\nproperty float y\nproperty float z', '0 0 0\n'),
    'nothing_to_import',
    /points/,
  ],
  [
    'half a .gltf',
    'broken.gltf',
    text('{"asset":{"version":"2.0"'),
    'cut_off',
    /its JSON has no end/,
  ],
  ['broken JSON', 'broken.gltf', text('{"asset":}'), 'malformed', /not valid JSON/],
  ['a list for a file', 'broken.gltf', text('[]'), 'malformed', /expected object/],
  ['bytes for a text', 'broken.gltf', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d), 'malformed', /UTF-8/],
  [
    'a buffer that did not come',
    'broken.gltf',
    gltfWithBuffer('scene.bin'),
    'missing_file',
    /scene\.bin/,
  ],
  [
    'a buffer from elsewhere',
    'broken.gltf',
    gltfWithBuffer('http://a.b/c.bin'),
    'refused_address',
    /only files/,
  ],
  ['an OBJ without faces', 'broken.obj', text('v 0 0 0\n'), 'nothing_to_import', /nothing/],
  ['a binary OBJ', 'broken.obj', CONTROLLER, 'malformed', /not a text file/],
  ['words for numbers', 'broken.obj', text('v 0 one 2\n'), 'not_finite', /line 1: "one"/],
  ['a NaN', 'broken.obj', text('# x\nv 0 NaN 2\n'), 'not_finite', /line 2: "NaN"/],
  ['a number too large', 'broken.obj', text('v 0 1e39 2\n'), 'not_finite', /line 1/],
  ['two coordinates', 'broken.obj', text('v 0 1\n'), 'not_finite', /missing/],
  [
    'a missing vertex',
    'broken.obj',
    text('v 0 0 0\nf 1 2 3\n'),
    'out_of_range',
    /vertex "2" on line 2/,
  ],
  ['vertex zero', 'broken.obj', text('v 0 0 0\nf 0 1 1\n'), 'out_of_range', /vertex "0"/],
  [
    'a missing normal',
    'broken.obj',
    text('v 0 0 0\nf 1//1 1//1 1//1\n'),
    'out_of_range',
    /normal "1"/,
  ],
  [
    'a corner without a vertex',
    'broken.obj',
    text('v 0 0 0\nf /1 1 1\n'),
    'out_of_range',
    /line 2/,
  ],
  ['a face of two corners', 'broken.obj', text('v 0 0 0\nf 1 1\n'), 'malformed', /three corners/],
];

function gltfWithBuffer(uri: string): Bytes {
  const accessors = [{ bufferView: 0, componentType: 5126, count: 3, type: 'VEC3' }];
  return text(
    JSON.stringify({
      asset: ASSET,
      buffers: [{ uri, byteLength: 36 }],
      bufferViews: [{ buffer: 0, byteLength: 36 }],
      accessors,
      nodes: [{ mesh: 0 }],
      meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
    }),
  );
}

async function failureOf(name: string, bytes: Bytes, limits?: ImportLimits): Promise<ThetaError> {
  const parsing = parseModel({ name, bytes }, [], limits && { limits });
  const thrown: unknown = await parsing.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(ThetaError);
  return thrown as ThetaError;
}

describe('S3: a bad file is refused with a sentence that names it', () => {
  it.each(BAD_GLB)('%s', async (_, bytes, code, words) => {
    const { code: actual, message } = await failureOf('broken.glb', bytes);
    expect({ code: actual, message }).toEqual({ code, message: expect.stringMatching(words) });
    expect(message).toMatch(/^broken\.glb .*\.$/);
  });

  it.each(BAD_OTHERS)('%s', async (_, name, bytes, code, words) => {
    const { code: actual, message } = await failureOf(name, bytes);
    expect({ code: actual, message }).toEqual({ code, message: expect.stringMatching(words) });
    expect(message).toMatch(/^broken\.\w+ .*\.$/);
  });

  const { geometry } = IMPORT_LIMITS;
  it.each([
    ['bytes', { ...IMPORT_LIMITS, fileBytes: 1000 }],
    ['packed bytes', { ...IMPORT_LIMITS, assetBytes: 1000 }],
    ['entities', { ...IMPORT_LIMITS, entities: 30 }],
    ['bytes of objects', { ...IMPORT_LIMITS, transactionBytes: 4000 }],
    ['images', { ...IMPORT_LIMITS, images: 0 }],
    ['pixels', { ...IMPORT_LIMITS, imageSide: 512 }],
    ['levels', { ...IMPORT_LIMITS, depth: 1 }],
    ['meshes', { ...IMPORT_LIMITS, geometry: { ...geometry, submeshes: 5 } }],
    ['vertices', { ...IMPORT_LIMITS, geometry: { ...geometry, vertices: 100 } }],
    ['indices', { ...IMPORT_LIMITS, geometry: { ...geometry, indices: 100 } }],
  ])('too many %s', async (_, limits) => {
    const { code, message } = await failureOf('large.glb', CONTROLLER, limits);
    expect({ code, message }).toEqual({
      code: 'too_large',
      message: expect.stringMatching(/^large\.glb has /),
    });
  });

  it('vertex data that many accessors make of few bytes', async () => {
    const bytes = changed((json) => {
      const primitives = Array.from({ length: 40 }, (_, i) => ({ attributes: { POSITION: i } }));
      json.meshes = [{ primitives }];
      json.accessors = primitives.map(() => ({ componentType: 5126, count: 3e6, type: 'VEC3' }));
    });
    expect(await failureOf('bomb.glb', bytes)).toMatchObject({ code: 'too_large' });
  });
});

describe('damaged files', () => {
  /** Either a model or a refusal that names the file: never another error. */
  async function survives(name: string, bytes: Bytes): Promise<void> {
    try {
      expect((await parseModel({ name, bytes })).entities.length).toBeGreaterThan(0);
    } catch (thrown) {
      if (!(thrown instanceof ThetaError)) throw thrown;
      expect(thrown.message.startsWith(name)).toBe(true);
    }
  }

  const JSON_END = 20 + new DataView(CONTROLLER.buffer).getUint32(12, true);

  it('S5: changed bytes anywhere give a model or a refusal (seed 11)', async () => {
    const change = fc.tuple(fc.nat(CONTROLLER.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
        const bytes = CONTROLLER.slice();
        for (const [at, value] of changes) bytes[at] = value;
        await survives('damaged.glb', bytes);
      }),
      { seed: 11, numRuns: 40 },
    );
  });

  it('S5: other digits in its JSON give a model or a refusal (seed 12)', async () => {
    const digits = [...CONTROLLER.keys()].filter(
      (at) => at >= 20 && at < JSON_END && CONTROLLER[at]! >= 0x30 && CONTROLLER[at]! <= 0x39,
    );
    const change = fc.tuple(fc.nat(digits.length - 1), fc.integer({ min: 0x30, max: 0x39 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = CONTROLLER.slice();
        for (const [which, digit] of changes) bytes[digits[which]!] = digit;
        await survives('damaged.glb', bytes);
      }),
      { seed: 12, numRuns: 40 },
    );
  });

  it('S5: cut anywhere they are refused (seed 13)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(CONTROLLER.length - 1), async (length) => {
        const { code } = await failureOf('cut.glb', CONTROLLER.slice(0, length));
        expect(['cut_off', 'malformed', 'empty']).toContain(code);
      }),
      { seed: 13, numRuns: 60 },
    );
  });

  it('S5: any text is an OBJ file or refused (seed 14)', async () => {
    const word = fc.constantFrom(
      'v',
      'vt',
      'vn',
      'f',
      'o',
      'usemtl',
      '1',
      '-1',
      '2/1',
      '1//1',
      'x',
      '\\',
      '\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 60 }), async (words) => {
        await survives('any.obj', text(words.join(' ')));
      }),
      { seed: 14, numRuns: 300 },
    );
  });
});
