import type { Entity } from '../../../ecs/entity.ts';
import { LocalSession } from '../../../editor/testing/local-session.ts';
import { encode } from '../../../protocol/codec.ts';
import { type Bytes, concatBytes } from '../../../shared/bytes.ts';
import { AssetCache } from '../../assets/asset-cache.ts';
import { sha256Hex } from '../../assets/sha256.ts';
import { pngHeader } from '../../import/testing/images.ts';
import { decodeFile } from './page-images.ts';

type Components = Readonly<Record<string, object>>;

/** A scene of a session without a server, and the contents that it names. */
export class SampleScene {
  readonly session = new LocalSession();
  readonly document = this.session.document;
  readonly assets = new AssetCache({ token: () => '', caches: undefined, decodeImage: decodeFile });

  readonly content = (digest: string): Promise<Bytes> => this.assets.bytes(digest);

  add(name: string, components: Components = {}, parent?: Entity): Entity {
    const above = parent === undefined ? {} : { parent: this.document.idOf(parent) };
    return this.session.create({ name, components, ...above });
  }

  /** The id of an entity, as components name it. */
  id(entity: Entity): string {
    return this.document.formatId(this.document.idOf(entity));
  }

  /** A texture of this many pixels; returns its digest. */
  async image(width: number, height = 1): Promise<string> {
    // A glTF file fills what it holds up to whole words.
    const bytes = concatBytes(pngHeader(width, height), new Uint8Array(3));
    return await this.#asset(bytes, 'texture', `Image ${width}`, 'image/png');
  }

  /** A geometry asset of one triangle a mesh, each that far from the origin; returns its digest. */
  async triangles(...distances: number[]): Promise<string> {
    const submeshes = distances.map((far) => ({
      name: 'Triangle',
      positions: new Float32Array([far, 0, 0, far + 1, 0, 0, far, 1, 0]),
      normals: new Float32Array([0, 0, 1, 0, 0, 1, 0, 0, 1]),
      uvs: new Float32Array([0, 1, 1, 1, 0, 0]),
    }));
    const bytes = encode('Geometry', { submeshes });
    return await this.#asset(bytes, 'geometry', 'Triangles', 'application/vnd.theta.geometry');
  }

  async #asset(bytes: Bytes, kind: string, name: string, mediaType: string): Promise<string> {
    const digest = await sha256Hex(bytes);
    this.assets.put(digest, bytes);
    const size = bytes.length;
    this.session.pipeline.execute('asset.add', { digest, kind, name, mediaType, size });
    return digest;
  }
}
