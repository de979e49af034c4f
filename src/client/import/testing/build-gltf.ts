import { type Bytes, concatBytes } from '../../../shared/bytes.ts';

const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;

export const FLOAT = 5126;
export const UNSIGNED_BYTE = 5121;
export const UNSIGNED_SHORT = 5123;

export type Json = Record<string, unknown>;
type Numbers = Float32Array | Uint16Array | Uint8Array | Int8Array;

/** A `.glb` file of this JSON and these bytes. */
export function glb(json: Json, binary?: Bytes, version = 2): Bytes {
  const text = new TextEncoder().encode(JSON.stringify(json));
  const parts = [chunk(JSON_CHUNK, text, 0x20)];
  if (binary !== undefined) parts.push(chunk(BINARY_CHUNK, binary, 0));
  const body = concatBytes(...parts);
  return concatBytes(words(MAGIC, version, 12 + body.length), body);
}

function chunk(type: number, content: Uint8Array, filler: number): Bytes {
  const padded = new Uint8Array(Math.ceil(content.length / 4) * 4).fill(filler);
  padded.set(content);
  return concatBytes(words(padded.length, type), padded);
}

function words(...values: number[]): Bytes {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

const COMPONENT_TYPES = [
  [Float32Array, FLOAT],
  [Uint16Array, UNSIGNED_SHORT],
  [Uint8Array, UNSIGNED_BYTE],
  [Int8Array, 5120],
] as const;

/** Gathers buffer views and accessors in one buffer. */
export class GltfBuilder {
  readonly bufferViews: Json[] = [];
  readonly accessors: Json[] = [];
  readonly #parts: Uint8Array[] = [];
  #size = 0;

  /** A buffer view of these bytes; returns its index. */
  view(bytes: Uint8Array, extra: Json = {}): number {
    const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
    padded.set(bytes);
    const view = { buffer: 0, byteOffset: this.#size, byteLength: bytes.length, ...extra };
    this.#parts.push(padded);
    this.#size += padded.length;
    return this.bufferViews.push(view) - 1;
  }

  /** An accessor of its own view; returns its index. */
  accessor(type: 'SCALAR' | 'VEC2' | 'VEC3' | 'VEC4', values: Numbers, extra: Json = {}): number {
    const bufferView = this.view(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    );
    const size = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4 }[type];
    const componentType = COMPONENT_TYPES.find(([array]) => values instanceof array)![1];
    const count = values.length / size;
    return this.accessors.push({ bufferView, componentType, count, type, ...extra }) - 1;
  }

  get binary(): Bytes {
    return concatBytes(...this.#parts);
  }

  /** The JSON of a file with these parts besides. */
  json(parts: Json): Json {
    return {
      asset: { version: '2.0' },
      buffers: [{ byteLength: this.#size }],
      bufferViews: this.bufferViews,
      accessors: this.accessors,
      ...parts,
    };
  }

  glb(parts: Json): Bytes {
    return glb(this.json(parts), this.binary);
  }
}

/** A right triangle in the xy plane. */
export const TRIANGLE = new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]);

/** A file of one node with one mesh of one triangle, its parts to be changed. */
export function triangleGltf(change: (json: Json) => void = () => undefined): Bytes {
  const builder = new GltfBuilder();
  const json = builder.json({
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ name: 'Triangle', mesh: 0 }],
  });
  const POSITION = builder.accessor('VEC3', TRIANGLE.slice());
  const indices = builder.accessor('SCALAR', new Uint16Array([0, 1, 2]));
  json.meshes = [{ name: 'Triangle', primitives: [{ attributes: { POSITION }, indices }] }];
  json.buffers = [{ byteLength: builder.binary.length }];
  change(json);
  return glb(json, builder.binary);
}
