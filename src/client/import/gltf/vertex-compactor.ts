/** Which of the source's vertices a mesh keeps, in its own order, and its triangles among those. */
export interface CompactedVertices {
  readonly sources: Uint32Array<ArrayBuffer>;
  readonly indices: Uint32Array<ArrayBuffer>;
}

/**
 * Leaves out the vertices that no triangle has: files often share one large array of vertices among
 * many meshes. One scratch array serves all of them and is cleaned entry by entry, so that a small
 * mesh costs little, whatever the size of the array.
 */
export class VertexCompactor {
  /** New index plus one of a source vertex; 0 for none yet. */
  #places = new Uint32Array(0);

  /** `corners` are below `vertexCount`. */
  compact(corners: Uint32Array<ArrayBuffer>, vertexCount: number): CompactedVertices {
    if (this.#places.length < vertexCount) this.#places = new Uint32Array(vertexCount);
    const places = this.#places;
    const sources = new Uint32Array(Math.min(corners.length, vertexCount));
    const indices = new Uint32Array(corners.length);
    let used = 0;
    for (let i = 0; i < corners.length; i++) {
      const source = corners[i]!;
      if (places[source] === 0) {
        sources[used++] = source;
        places[source] = used;
      }
      indices[i] = places[source]! - 1;
    }
    const kept = sources.subarray(0, used);
    for (const source of kept) places[source] = 0;
    return { sources: kept, indices };
  }
}
