import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../shared/bytes.ts';
import type { NamedBytes } from './dropped-files.ts';
import { parseModel } from './parse-model.ts';
import { pngHeader } from './testing/images.ts';
import { readGeometry } from './testing/read-geometry.ts';

const text = (content: string): Bytes => new TextEncoder().encode(content);

const parse = (content: string, companions: readonly NamedBytes[] = []) =>
  parseModel({ name: 'crate.obj', bytes: text(content) }, companions);

const SQUARE = 'v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n';

describe('shapes', () => {
  it('makes fans of polygons, with flat normals where there is no smoothing', async () => {
    const model = await parse(`${SQUARE}f 1 2 3 4\n`);
    expect(model.entities.map((entity) => entity.name)).toEqual(['crate']);
    const [submesh] = readGeometry(model);
    expect(submesh!.indices).toHaveLength(6);
    expect([...submesh!.normals!.subarray(0, 3)]).toEqual([0, 0, 1]);
  });

  it('smooths within a group: the mean of the faces around, by their areas', async () => {
    const roof = 'v -1 0 0\nv -1 0 -1\nv 0 1 0\nv 0 1 -1\nv 1 0 0\nv 1 0 -1\n';
    const faces = 'f 1 3 4 2\nf 3 5 6 4\n';
    const smooth = readGeometry(await parse(`${roof}s 1\n${faces}`))[0]!;
    const flat = readGeometry(await parse(`${roof}s off\n${faces}`))[0]!;
    expect(smooth.positions.length / 3).toBe(6);
    expect(flat.positions.length / 3).toBe(8);
    const ridge = [...smooth.positions.keys()].filter(
      (i) => i % 3 === 1 && smooth.positions[i] === 1,
    );
    for (const at of ridge) {
      expect(Math.abs(smooth.normals![at]!)).toBeCloseTo(1, 6);
      expect(smooth.normals![at - 1]).toBeCloseTo(0, 6);
    }
  });

  it('takes corners with texture coordinates and normals, v counted downwards', async () => {
    const content = `${SQUARE}vt 0 0\nvt 1 0.25\nvn 0 0 -1\nf 1/1/1 2/2/1 3/1/1\n`;
    const [submesh] = readGeometry(await parse(content));
    expect([...submesh!.uvs!]).toEqual([0, 1, 1, 0.75, 0, 1]);
    expect([...submesh!.normals!]).toEqual([0, 0, -1, 0, 0, -1, 0, 0, -1]);
  });

  it('counts negative indices from the end, and joins lines at a backslash', async () => {
    const [submesh] = readGeometry(await parse(`${SQUARE}f -4 \\\n-3 -2 # the first half\n`));
    expect([...submesh!.positions]).toEqual([0, 0, 0, 1, 0, 0, 1, 1, 0]);
  });

  it('shares a vertex between corners that are alike, and only those', async () => {
    const content = `${SQUARE}vt 0 0\nvt 1 1\nvn 0 0 1\nf 1/1/1 2/1/1 3/1/1\nf 1/2/1 3/1/1 4/1/1\n`;
    const [submesh] = readGeometry(await parse(content));
    expect([...submesh!.indices!]).toEqual([0, 1, 2, 3, 2, 4]);
  });

  it('reads vertex colours as sRGB', async () => {
    const [submesh] = readGeometry(
      await parse('v 0 0 0 1 0.5 0\nv 1 0 0 0 0 0\nv 0 1 0\nf 1 2 3\n'),
    );
    const [red, green, blue, alpha] = submesh!.colors!;
    expect([red, blue, alpha]).toEqual([1, 0, 1]);
    expect(green).toBeCloseTo(0.214, 3);
    expect([...submesh!.colors!.subarray(8)]).toEqual([1, 1, 1, 1]);
  });

  it('reads a file of several megabytes, in pieces, the same', async () => {
    const line = '# padding that says nothing at all, and says it at length, again and again\n';
    const padding = line.repeat(20_000);
    const model = await parse(`${padding}${SQUARE}${padding}f 1 2 3\n`);
    expect([...readGeometry(model)[0]!.positions]).toEqual([0, 0, 0, 1, 0, 0, 1, 1, 0]);
    const bad = parse(`${padding}v 0 x 0\n`);
    await expect(bad).rejects.toThrow('on line 20001');
  });
});

const MTL = `
newmtl Oak Wood
Kd 0.5 0.5 0.5
Ns 98
d 0.25
map_Kd -s 2 2 1 -bm 0.5 C:\\art\\oak grain.png
newmtl Glow
Ke 1 0 0
Pr 0.125
Pm 1
bump bumps.png
`;

describe('objects and materials', () => {
  const content = `mtllib crate.mtl
${SQUARE}
o Lid
usemtl Oak Wood
f 1 2 3
usemtl Glow
f 1 3 4
o Empty
o Box
usemtl Oak Wood
f 1 2 4
`;
  const wood = pngHeader(16, 16);
  const companions = [
    { name: 'Crate.MTL', bytes: text(MTL) },
    { name: 'oak grain.png', bytes: wood },
  ];

  it('makes an entity of each object, and a child of each material where there are several', async () => {
    const { entities } = await parse(content, companions);
    expect(entities.map(({ name, parent }) => [name, parent])).toEqual([
      ['Lid', -1],
      ['Lid Oak Wood', 0],
      ['Lid Glow', 0],
      ['Box', -1],
    ]);
  });

  it('reads the materials and the images that came along', async () => {
    const { entities, textures, warnings } = await parse(content, companions);
    const [, oak, glow] = entities.map((entity) => entity.components.material);
    expect(oak).toMatchObject({ alphaMode: 'blend', baseColorMap: textures[0]!.digest });
    expect(oak!.color![0]).toBeCloseTo(0.214, 3);
    expect(oak!.color![3]).toBe(0.25);
    expect(oak!.roughness).toBeCloseTo(0.376, 3);
    expect(glow).toMatchObject({ emissive: [1, 0, 0, 1], roughness: 0.125, metalness: 1 });
    expect(warnings).toEqual(['Maps of the kind bump were left out.']);
  });

  it('imports the shapes without their material file, and says so', async () => {
    const { entities, warnings } = await parse(content);
    expect(entities).toHaveLength(4);
    expect(entities[1]!.components.material).toEqual({});
    expect(warnings[0]).toBe('"crate.mtl", which describes the materials, did not come along.');
  });
});
