import { BufferAttribute, type BufferGeometry, type Mesh, type Object3D } from 'three';

/**
 * Turns the triangles of mirrored meshes about, whose outside would else be their inside once the
 * mirroring is in the vertices. The world matrices must be up to date.
 */
export function unmirror(objects: Object3D): void {
  const turned = new Map<BufferGeometry, BufferGeometry>();
  objects.traverse((object) => {
    const mesh = object as Mesh;
    if (!mesh.isMesh || object.matrixWorld.determinant() >= 0) return;
    const geometry = turned.get(mesh.geometry) ?? turnedAbout(mesh.geometry);
    turned.set(mesh.geometry, geometry);
    mesh.geometry = geometry;
  });
}

/** A geometry with the same attributes, which are not copied, and its own indices. */
function turnedAbout(geometry: BufferGeometry): BufferGeometry {
  const { index } = geometry;
  const count = index?.count ?? geometry.getAttribute('position').count;
  const indices = Uint32Array.from({ length: count }, (_, at) => {
    const other = at % 3 === 0 ? at : at % 3 === 1 ? at + 1 : at - 1;
    return index?.getX(other) ?? other;
  });
  const turned = geometry.clone();
  for (const [name, attribute] of Object.entries(geometry.attributes)) {
    turned.setAttribute(name, attribute);
  }
  return turned.setIndex(new BufferAttribute(indices, 1));
}
