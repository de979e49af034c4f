import type { BlobUse } from '../../commands/definition.ts';
import { checkGeometry } from '../../mesh/geometry-asset.ts';
import { decode } from '../../protocol/codec.ts';
import { Reason } from '../../protocol/generated/types.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import { MAX_IMAGE_SIDE, readImageHeader } from '../../shared/image-header.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import type { SessionStorage } from '../storage/storage.ts';

/** D5: what a session's entries may name: blobs brought to it, on disk, and what they claim to be. */
export class BlobGate {
  readonly #storage: SessionStorage;
  readonly #blobs: BlobStore;
  readonly #sessionId: string;
  readonly #passed = new Set<string>();

  constructor(storage: SessionStorage, blobs: BlobStore, sessionId: string) {
    this.#storage = storage;
    this.#blobs = blobs;
    this.#sessionId = sessionId;
  }

  /** What is wrong with each of these blobs; asked for before judging, which does not wait. */
  async check(uses: readonly BlobUse[]): Promise<(digest: string) => Reason> {
    const problems = new Map<string, Reason>();
    for (const use of uses) {
      const name = `${use.kind} ${use.digest}`;
      if (this.#passed.has(name)) continue;
      const problem = await this.#problemOf(use);
      if (problem === Reason.none) this.#passed.add(name);
      else problems.set(use.digest, problem);
    }
    return (digest) => problems.get(digest) ?? Reason.none;
  }

  /** Which of these the session does not have. */
  async lacks(digests: readonly string[]): Promise<string[]> {
    const missing: string[] = [];
    for (const digest of digests) {
      const isThere = (await this.#isGranted(digest)) && (await this.#blobs.size(digest));
      if (isThere === false || isThere === undefined) missing.push(digest);
    }
    return missing;
  }

  /** A blob of exactly this size, or undefined. */
  async read(digest: string, size: number): Promise<Bytes | undefined> {
    if (!(await this.#isGranted(digest))) return undefined;
    if ((await this.#blobs.size(digest)) !== size) return undefined;
    return this.#blobs.read(digest);
  }

  async #problemOf({ digest, kind }: BlobUse): Promise<Reason> {
    if (!(await this.#isGranted(digest))) return Reason.blobMissing;
    if (kind === 'source') return Reason.none;
    const bytes = await this.#blobs.read(digest);
    if (bytes === undefined) return Reason.blobMissing;
    const valid = kind === 'geometry' ? isGeometry(bytes) : isTexture(bytes);
    return valid ? Reason.none : Reason.blobInvalid;
  }

  async #isGranted(digest: string): Promise<boolean> {
    return (await this.#storage.getBlobGrant(this.#sessionId, digest)) !== undefined;
  }
}

function isGeometry(bytes: Bytes): boolean {
  try {
    checkGeometry(decode('Geometry', bytes));
    return true;
  } catch (thrown) {
    if (thrown instanceof ThetaError) return false;
    throw thrown;
  }
}

/** S6: an image by its header, and of a size that those who decode it can hold: it is not decoded here. */
function isTexture(bytes: Bytes): boolean {
  const header = readImageHeader(bytes);
  return header !== undefined && Math.max(header.width, header.height) <= MAX_IMAGE_SIDE;
}
